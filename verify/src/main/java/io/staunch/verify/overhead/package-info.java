/// What watching costs a service: a real one under load, watched and not watched in turns within one process.
@NullMarked
package io.staunch.verify.overhead;

import org.jspecify.annotations.NullMarked;
