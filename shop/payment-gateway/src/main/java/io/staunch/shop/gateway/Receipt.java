package io.staunch.shop.gateway;

/// The answer to a charge.
record Receipt(String transaction, boolean approved, String reason) {}
