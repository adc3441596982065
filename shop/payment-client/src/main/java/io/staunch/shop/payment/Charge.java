package io.staunch.shop.payment;

/// A request to charge a card. The reference makes it safe to send twice.
public record Charge(String reference, long amountCents, String currency, String cardToken) {}
