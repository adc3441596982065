/// `verify/run corpus`: `staunch check` on real leaks and look-alikes, as its user runs it, with a table of right and
/// wrong. The cases live outside the checkout; their format is described beside them.
@NullMarked
package io.staunch.verify.corpus;

import org.jspecify.annotations.NullMarked;
