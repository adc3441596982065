@NullMarked
package io.staunch.heap.internal.report;

import org.jspecify.annotations.NullMarked;
