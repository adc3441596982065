/// Who a customer is: verifies passwords, issues and checks login tokens.
@NullMarked
package io.staunch.shop.auth;

import org.jspecify.annotations.NullMarked;
