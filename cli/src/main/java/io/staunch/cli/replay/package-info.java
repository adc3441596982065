@NullMarked
package io.staunch.cli.replay;

import org.jspecify.annotations.NullMarked;
