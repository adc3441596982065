/// The drills' controls: days without a leak, on which nothing may be done.
@NullMarked
package io.staunch.verify.drill;

import org.jspecify.annotations.NullMarked;
