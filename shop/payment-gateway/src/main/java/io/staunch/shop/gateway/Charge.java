package io.staunch.shop.gateway;

/// A request to charge a card, as the API takes it.
record Charge(String reference, long amountCents, String currency, String cardToken) {}
