/// Shopping sessions: what a visitor looked at and put into the cart, kept between requests.
@NullMarked
package io.staunch.shop.session;

import org.jspecify.annotations.NullMarked;
