@NullMarked
package io.staunch.heap.internal.index;

import org.jspecify.annotations.NullMarked;
