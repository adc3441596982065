package io.staunch.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The program that the tests watch: `leak` keeps every order, `steady` keeps the last thousand.
final class Subject {
    static final List<Order> KEPT = new ArrayList<>();
    private static final ArrayDeque<Order> RECENT = new ArrayDeque<>();

    record Order(long number, String text) {}

    private Subject() {}

    public static void main(String[] args) throws InterruptedException {
        boolean leak = args[0].equals("leak");
        System.out.println("ready");
        for (long n = 0; n < 60_000; n++) {
            Order order = new Order(n, "order ".repeat(150) + n);
            if (leak) {
                KEPT.add(order);
            } else {
                RECENT.add(order);
                if (RECENT.size() > 1000) {
                    RECENT.remove();
                }
            }
            Thread.sleep(Duration.ofMillis(2));
        }
    }
}
