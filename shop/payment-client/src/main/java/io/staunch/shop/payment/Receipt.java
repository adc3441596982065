package io.staunch.shop.payment;

/// The gateway's answer to a charge.
public record Receipt(String transaction, boolean approved, String reason) {}
