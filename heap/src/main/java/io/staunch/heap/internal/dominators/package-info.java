@NullMarked
package io.staunch.heap.internal.dominators;

import org.jspecify.annotations.NullMarked;
