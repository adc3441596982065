/// Memory outside the Java heap under one limit, and temporary files for what does not fit.
@NullMarked
package io.staunch.heap.internal.memory;

import org.jspecify.annotations.NullMarked;
