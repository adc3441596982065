/// A feature of the shop: how many pieces of a product are left.
@NullMarked
package io.staunch.shop.availability;

import org.jspecify.annotations.NullMarked;
