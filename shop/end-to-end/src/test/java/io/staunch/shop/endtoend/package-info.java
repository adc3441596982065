@NullMarked
package io.staunch.shop.endtoend;

import org.jspecify.annotations.NullMarked;
