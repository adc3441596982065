@NullMarked
package io.staunch.heap.internal.cache;

import org.jspecify.annotations.NullMarked;
