/// Samples and evidence from live targets. Start reading at [io.staunch.collect.Probe].
@NullMarked
package io.staunch.collect;

import org.jspecify.annotations.NullMarked;
