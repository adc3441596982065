/// Benchmarks with JMH.
@NullMarked
package io.staunch.verify.throughput;

import org.jspecify.annotations.NullMarked;
