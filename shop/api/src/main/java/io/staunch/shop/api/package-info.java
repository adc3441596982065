/// The shop's main process: catalogue, cart, login and checkout over HTTP.
@NullMarked
package io.staunch.shop.api;

import org.jspecify.annotations.NullMarked;
