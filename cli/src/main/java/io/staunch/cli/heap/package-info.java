@NullMarked
package io.staunch.cli.heap;

import org.jspecify.annotations.NullMarked;
