/// The shop's visitors: they arrive at a rate of their own, whatever the shop's answers, and behave as buyers do.
@NullMarked
package io.staunch.shop.buyers;

import org.jspecify.annotations.NullMarked;
