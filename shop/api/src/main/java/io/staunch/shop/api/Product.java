package io.staunch.shop.api;

/// A product of the catalogue; the price in cents.
record Product(long id, String category, String name, String summary, String image, long priceCents) {}
