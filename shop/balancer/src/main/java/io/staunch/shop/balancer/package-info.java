/// A small load balancer: one port in front of several instances of the shop.
@NullMarked
package io.staunch.shop.balancer;

import org.jspecify.annotations.NullMarked;
