package io.staunch.shop.buyers;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/// One visit: most look at a few products and leave, some fill a cart, some log in and buy. Few log out; most just
/// close the page. A visitor who gets two errors in a row gives up.
final class Visit {
    private static final List<String> CATEGORIES = List.of("garden", "kitchen", "books", "toys", "sports", "lighting");
    private static final List<String> SEARCHES =
            List.of("oak bench", "steel kettle", "blue lantern", "garden chair", "walnut bowl", "red kite");
    private static final int PRODUCTS = 600;
    private static final double BUYS = 0.30;
    private static final double FILLS_A_CART = 0.25;
    private static final double ASKS_FOR_STOCK = 0.02;
    private static final double LOGS_OUT = 0.15;

    private final Browser browser;
    private final int user;
    private final Random random;
    private final Duration think;
    private final Tally tally;
    private int errorsInARow;

    Visit(Browser browser, int user, Random random, Duration think, Tally tally) {
        this.browser = browser;
        this.user = user;
        this.random = random;
        this.think = think;
        this.tally = tally;
    }

    void run() throws InterruptedException {
        double intention = random.nextDouble();
        if (!browse()) {
            lost(intention);
            return;
        }
        if (intention < BUYS) {
            if (!fillCart() || !buy()) {
                lost(intention);
            }
        } else if (intention < BUYS + FILLS_A_CART) {
            boolean _ = fillCart();
        }
    }

    private void lost(double intention) {
        if (intention < BUYS) {
            tally.checkout(false);
        }
    }

    /// False when the visitor gave up.
    private boolean browse() throws InterruptedException {
        if (!goOn(browser.get("/api/products?category=" + one(CATEGORIES) + "&page=" + random.nextInt(4)))) {
            return false;
        }
        if (random.nextInt(3) == 0
                && !goOn(browser.get("/api/products?search=" + one(SEARCHES).replace(' ', '+')))) {
            return false;
        }
        int products = 2 + random.nextInt(5);
        for (int i = 0; i < products; i++) {
            if (!goOn(browser.get("/api/products/" + product()))) {
                return false;
            }
        }
        return !asksForStock() || goOn(browser.get("/api/availability/" + product()));
    }

    private boolean asksForStock() {
        return browser.offers("availability") && random.nextDouble() < ASKS_FOR_STOCK;
    }

    private boolean fillCart() throws InterruptedException {
        int lines = 1 + random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            String wanted = "{\"product\":" + product() + ",\"quantity\":" + (1 + random.nextInt(2)) + "}";
            if (!goOn(browser.post("/api/cart", wanted))) {
                return false;
            }
        }
        return goOn(browser.get("/api/cart"));
    }

    private boolean buy() throws InterruptedException {
        String credentials = "{\"email\":\"customer" + user + "@example.org\",\"password\":\"correct horse\"}";
        if (!browser.post("/api/login", credentials)) {
            return false;
        }
        pause();
        if (!browser.post("/api/checkout", "{\"cardToken\":\"card-" + user + "\"}")) {
            return false;
        }
        tally.checkout(true);
        if (random.nextDouble() < LOGS_OUT) {
            browser.delete("/api/login");
        }
        return true;
    }

    private boolean goOn(boolean ok) throws InterruptedException {
        errorsInARow = ok ? 0 : errorsInARow + 1;
        pause();
        return errorsInARow < 2;
    }

    private void pause() throws InterruptedException {
        double share = Math.min(5, -Math.log(1 - random.nextDouble()));
        Thread.sleep((long) (share * think.toMillis()));
    }

    private int product() {
        return 1 + random.nextInt(PRODUCTS);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
