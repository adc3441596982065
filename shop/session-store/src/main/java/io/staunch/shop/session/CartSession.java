package io.staunch.shop.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One visitor's shopping session: cart, customer once logged in, recently viewed products. Thread-safe.
public final class CartSession {
    private static final int REMEMBERED_PRODUCTS = 12;

    private final String id;
    private final Visitor visitor;
    private final Instant openedAt;
    private final Map<Long, CartLine> cart = new LinkedHashMap<>();
    private final Deque<ViewedProduct> recentlyViewed = new ArrayDeque<>();
    private @Nullable String customer;
    private volatile Instant lastUsed;

    CartSession(String id, Visitor visitor, Instant now) {
        this.id = id;
        this.visitor = visitor;
        this.openedAt = now;
        this.lastUsed = now;
    }

    public String id() {
        return id;
    }

    public Visitor visitor() {
        return visitor;
    }

    public Instant openedAt() {
        return openedAt;
    }

    void touch(Instant now) {
        lastUsed = now;
    }

    /// True when the session was not used for the lifetime or longer.
    boolean expired(Instant now, Duration lifetime) {
        return Duration.between(lastUsed, now).compareTo(lifetime) >= 0;
    }

    public synchronized Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    public synchronized void logIn(String email) {
        customer = email;
    }

    /// Remembers that the product was looked at; the oldest one is forgotten.
    public synchronized void viewed(ViewedProduct product) {
        recentlyViewed.removeIf(earlier -> earlier.productId() == product.productId());
        recentlyViewed.addFirst(product);
        if (recentlyViewed.size() > REMEMBERED_PRODUCTS) {
            recentlyViewed.removeLast();
        }
    }

    public synchronized List<ViewedProduct> recentlyViewed() {
        return List.copyOf(recentlyViewed);
    }

    /// Puts the line into the cart; more of a product that is there already adds up.
    public synchronized void put(CartLine line) {
        cart.merge(line.productId(), line, (before, more) -> before.plus(more.quantity()));
    }

    public synchronized List<CartLine> cart() {
        return List.copyOf(cart.values());
    }

    /// Hands over the cart's lines and leaves it empty: what is bought is bought once.
    public synchronized List<CartLine> takeCart() {
        List<CartLine> lines = List.copyOf(cart.values());
        cart.clear();
        return lines;
    }
}
