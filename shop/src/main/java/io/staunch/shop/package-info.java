@NullMarked
package io.staunch.shop;

import org.jspecify.annotations.NullMarked;
