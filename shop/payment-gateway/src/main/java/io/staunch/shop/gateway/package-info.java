/// The payment provider's side: charges cards, remembers recent answers so that a repeated request charges once.
@NullMarked
package io.staunch.shop.gateway;

import org.jspecify.annotations.NullMarked;
