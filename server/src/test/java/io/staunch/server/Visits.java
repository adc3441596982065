package io.staunch.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// A program that has just begun: forty visitors left a large order open, and six hundred have a session.
final class Visits {
    static final List<OpenOrder> OPEN = new ArrayList<>();
    static final List<Session> SESSIONS = new ArrayList<>();

    record OpenOrder(long number, String lines) {}

    record Session(long number, String pages) {}

    private Visits() {}

    public static void main(String[] args) throws InterruptedException {
        LongStream.range(0, 40).forEach(n -> OPEN.add(new OpenOrder(n, "line ".repeat(2_000) + n)));
        LongStream.range(0, 600).forEach(n -> SESSIONS.add(new Session(n, "page ".repeat(100) + n)));
        System.out.println("ready");
        Thread.sleep(Duration.ofMinutes(1));
    }
}
