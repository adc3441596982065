@NullMarked
package io.staunch.verify.drill;

import org.jspecify.annotations.NullMarked;
