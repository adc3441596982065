package io.staunch.cli.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The release that the tests soak: `leak` keeps every cart, `steady` the last two hundred.
final class Shop {
    static final List<Cart> KEPT = new ArrayList<>();
    private static final ArrayDeque<Cart> RECENT = new ArrayDeque<>();

    record Cart(long number, String text) {}

    private Shop() {}

    public static void main(String[] args) throws InterruptedException {
        boolean leak = args[0].equals("leak");
        for (long n = 0; n < 100_000; n++) {
            Cart cart = new Cart(n, "cart ".repeat(200) + n);
            if (leak) {
                KEPT.add(cart);
            }
            RECENT.add(cart);
            if (RECENT.size() > 200) {
                RECENT.remove();
            }
            Thread.sleep(Duration.ofMillis(3));
        }
    }
}
