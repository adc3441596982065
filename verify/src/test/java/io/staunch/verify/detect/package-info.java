@NullMarked
package io.staunch.verify.detect;

import org.jspecify.annotations.NullMarked;
