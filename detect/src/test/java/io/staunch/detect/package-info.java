@NullMarked
package io.staunch.detect;

import org.jspecify.annotations.NullMarked;
