/// Measurements of the daemon as a whole: killed again and again, abused over HTTP, and left running for a week.
@NullMarked
package io.staunch.verify.daemon;

import org.jspecify.annotations.NullMarked;
