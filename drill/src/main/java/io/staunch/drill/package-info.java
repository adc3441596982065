/// The five incidents, run for real: a scenario acts on the shop, Staunch responds, and neither knows the other's
/// plans.
@NullMarked
package io.staunch.drill;

import org.jspecify.annotations.NullMarked;
