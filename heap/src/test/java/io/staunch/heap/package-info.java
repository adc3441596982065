@NullMarked
package io.staunch.heap;

import org.jspecify.annotations.NullMarked;
