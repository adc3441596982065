package io.staunch.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps the heap of this very process near what is alive in it, until [#close]. The serial collector leaves garbage in
/// the old generation until its last byte is taken, however much that may be; here it is collected once there is more
/// of it than half of what was alive. Other collectors see to that themselves and are left alone.
public final class OwnHeap implements AutoCloseable {
    private static final String OLD_GENERATION = "Tenured Gen";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long LEAST_GARBAGE_BYTES = 16L << 20;

    private final CountDownLatch closing = new CountDownLatch(1);

    private OwnHeap() {}

    /// From now on.
    public static OwnHeap keepSmall() {
        OwnHeap own = new OwnHeap();
        Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OLD_GENERATION))
                .findFirst();
        old.ifPresent(pool -> Thread.ofVirtual().name("own-heap").start(() -> own.run(pool)));
        return own;
    }

    private void run(MemoryPoolMXBean old) {
        try {
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                MemoryUsage alive = old.getCollectionUsage();
                if (isDue(old.getUsage().getUsed(), alive == null ? 0 : alive.getUsed())) {
                    System.gc();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param aliveBytes after the last collection; 0 before the first
    static boolean isDue(long usedBytes, long aliveBytes) {
        return usedBytes > aliveBytes + Math.max(LEAST_GARBAGE_BYTES, aliveBytes / 2);
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
