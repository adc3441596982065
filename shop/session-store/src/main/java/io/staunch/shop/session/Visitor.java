package io.staunch.shop.session;

/// What the first request told about a visitor.
public record Visitor(String address, String userAgent, String language, String landingPage) {}
