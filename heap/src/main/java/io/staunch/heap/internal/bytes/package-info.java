@NullMarked
package io.staunch.heap.internal.bytes;

import org.jspecify.annotations.NullMarked;
