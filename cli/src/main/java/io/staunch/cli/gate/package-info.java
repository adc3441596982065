@NullMarked
package io.staunch.cli.gate;

import org.jspecify.annotations.NullMarked;
