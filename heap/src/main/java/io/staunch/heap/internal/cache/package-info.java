/// Indexes of dumps that are kept between openings.
@NullMarked
package io.staunch.heap.internal.cache;

import org.jspecify.annotations.NullMarked;
