package io.staunch.shop.session;

/// So many pieces of one product, at the price in cents that was shown when it was put into the cart.
public record CartLine(long productId, String name, long unitPriceCents, int quantity) {
    public CartLine {
        if (quantity < 1) {
            throw new IllegalArgumentException("expected a quantity of 1 or more, found " + quantity);
        }
    }

    CartLine plus(int more) {
        return new CartLine(productId, name, unitPriceCents, quantity + more);
    }

    public long totalCents() {
        return unitPriceCents * quantity;
    }
}
