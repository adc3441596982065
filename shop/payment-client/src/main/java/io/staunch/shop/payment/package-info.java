/// Charges cards through the payment gateway.
@NullMarked
package io.staunch.shop.payment;

import org.jspecify.annotations.NullMarked;
