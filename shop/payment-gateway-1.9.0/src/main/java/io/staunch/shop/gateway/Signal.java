package io.staunch.shop.gateway;

/// One observation that a risk assessment rests on; a weight above zero speaks against the transaction.
record Signal(String name, double weight, String explanation) {}
