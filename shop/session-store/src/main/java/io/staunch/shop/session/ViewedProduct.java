package io.staunch.shop.session;

import java.time.Instant;

/// A product that the visitor looked at, as the "recently viewed" row shows it. Prices are in cents.
public record ViewedProduct(long productId, String name, String summary, String image, long priceCents, Instant at) {}
