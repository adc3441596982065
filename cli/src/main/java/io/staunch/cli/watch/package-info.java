@NullMarked
package io.staunch.cli.watch;

import org.jspecify.annotations.NullMarked;
