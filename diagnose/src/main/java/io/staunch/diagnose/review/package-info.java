/// Review before release: libraries with published leaks, and code that leaks by construction, from class files alone.
/// Start at [Review]; rules are listed in [LeakRule].
@NullMarked
package io.staunch.diagnose.review;

import org.jspecify.annotations.NullMarked;
