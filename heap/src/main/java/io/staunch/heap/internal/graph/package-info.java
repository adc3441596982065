@NullMarked
package io.staunch.heap.internal.graph;

import org.jspecify.annotations.NullMarked;
