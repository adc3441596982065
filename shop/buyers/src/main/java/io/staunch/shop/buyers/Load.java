package io.staunch.shop.buyers;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Lets visitors arrive, each on a virtual thread of its own, until the time is over or the shop is gone.
final class Load {
    private static final int MOST_VISITS_AT_ONCE = 3_000;
    private static final int CUSTOMERS = 20_000;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LAST_VISITS = Duration.ofSeconds(10);

    private final URI shop;
    private final Optional<ProcessHandle> supervisor;
    private final Arrivals arrivals;
    private final Duration think;
    private final Tally tally;
    private final Report report;
    private final AtomicInteger active = new AtomicInteger();

    Load(URI shop, Optional<ProcessHandle> supervisor, Arrivals arrivals, Duration think, Tally tally, Report report) {
        this.shop = shop;
        this.supervisor = supervisor;
        this.arrivals = arrivals;
        this.think = think;
        this.tally = tally;
        this.report = report;
    }

    void run() throws InterruptedException {
        long start = System.nanoTime();
        Thread reporter = Thread.ofPlatform().daemon().name("report").start(() -> reportEachSecond(start));
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build()) {
            ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor();
            sendVisitors(http, visits, start);
            visits.shutdown();
            if (!visits.awaitTermination(LAST_VISITS.toMillis(), TimeUnit.MILLISECONDS)) {
                visits.shutdownNow();
            }
            http.shutdownNow();
        }
        reporter.interrupt();
        reporter.join(1_000);
        report.write(tally.summary(Instant.now(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
    }

    private void sendVisitors(HttpClient http, ExecutorService visits, long start) {
        Random random = new Random(arrivals.endNanos());
        for (long at = arrivals.next(); at < arrivals.endNanos() && shopIsThere(); at = arrivals.next()) {
            long wait = start + at - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            int user = 1 + random.nextInt(CUSTOMERS);
            long choices = random.nextLong();
            if (active.get() >= MOST_VISITS_AT_ONCE) {
                tally.turnedAway(user);
            } else {
                active.incrementAndGet();
                visits.execute(() -> visit(http, user, choices));
            }
        }
    }

    private boolean shopIsThere() {
        return supervisor.map(ProcessHandle::isAlive).orElse(true);
    }

    private void visit(HttpClient http, int user, long choices) {
        Browser browser = new Browser(http, shop, tally);
        try {
            new Visit(browser, user, new Random(choices), think, tally).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tally.visitEnded(user, browser.wasHit());
            active.decrementAndGet();
        }
    }

    private void reportEachSecond(long start) {
        for (long number = 1; ; number++) {
            try {
                TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(number) - System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
            report.write(tally.second(Instant.now(), number, active.get()));
        }
    }
}
