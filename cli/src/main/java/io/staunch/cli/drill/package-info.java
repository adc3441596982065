/// `staunch drill`: the incidents, run for real on this machine.
@NullMarked
package io.staunch.cli.drill;

import org.jspecify.annotations.NullMarked;
