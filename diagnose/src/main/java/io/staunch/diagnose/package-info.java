@NullMarked
package io.staunch.diagnose;

import org.jspecify.annotations.NullMarked;
