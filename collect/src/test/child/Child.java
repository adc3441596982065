import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A small program to be watched; runs on Java 11 and newer. Arguments are `key=value`: lines (kept a second), garbage
 * (KiB a second), ballast (MiB kept from the start, in 1 KiB arrays), threads, direct (MiB), seconds (to live).
 */
public final class Child {
    static final List<Line> LINES = new ArrayList<>();
    static final List<Object> BALLAST = new ArrayList<>();
    static volatile Object sink;

    static final class Line {
        final long[] prices = new long[8];
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Long> settings = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=");
            settings.put(pair[0], Long.parseLong(pair[1]));
        }
        for (long i = 0; i < settings.getOrDefault("ballast", 0L) * 1024; i++) {
            BALLAST.add(new byte[1024 - 16]);
        }
        for (int i = 0; i < settings.getOrDefault("threads", 0L); i++) {
            Thread thread = new Thread(Child::waitForEver, "worker-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        for (int i = 0; i < settings.getOrDefault("direct", 0L); i++) {
            BALLAST.add(ByteBuffer.allocateDirect(1 << 20));
        }
        Runnable idle = () -> Thread.yield();
        BALLAST.add(idle);
        System.out.println("ready");
        work(
                settings.getOrDefault("lines", 0L),
                settings.getOrDefault("garbage", 0L),
                settings.getOrDefault("seconds", 60L));
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(long linesPerSecond, long garbagePerSecond, long seconds) throws Exception {
        long start = System.nanoTime();
        long kept = 0;
        long thrown = 0;
        while (true) {
            double passed = (System.nanoTime() - start) / 1e9;
            if (passed > seconds) {
                return;
            }
            for (; kept < passed * linesPerSecond; kept++) {
                keep();
            }
            for (; thrown < passed * garbagePerSecond; thrown++) {
                sink = new byte[1024];
            }
            Thread.sleep(5);
        }
    }

    static void keep() {
        LINES.add(new Line());
    }
}
