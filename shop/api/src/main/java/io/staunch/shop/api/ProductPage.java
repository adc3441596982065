package io.staunch.shop.api;

import java.util.List;

/// One page of the catalogue.
record ProductPage(String category, int page, List<Product> products) {}
