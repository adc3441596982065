@NullMarked
package io.staunch.cli.soak;

import org.jspecify.annotations.NullMarked;
