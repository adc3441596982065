@NullMarked
package io.staunch.drill;

import org.jspecify.annotations.NullMarked;
