package io.staunch.server.web;

import io.staunch.detect.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this very process takes, looked at every ten seconds until [#close]. Of a long time every other look is
/// forgotten again and again. Safe for several threads.
final class Own implements AutoCloseable {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final int MOST_LOOKS = 120;
    /// The processor's share is that of so long, or of the latest look before.
    private static final Duration LATELY = Duration.ofMinutes(2);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Look> looks = new ArrayList<>();
    /// Every so-manieth look is kept.
    private int step = 1;
    private long taken;

    private record Look(Instant at, long residentBytes, Duration cpu) {}

    static Own start() {
        Own own = new Own();
        own.look(Instant.now());
        Thread.ofVirtual().name("own").start(own::run);
        return own;
    }

    private void run() {
        try {
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look(Instant.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Instant now) {
        OptionalLong resident = residentBytes();
        Optional<Duration> cpu = cpu();
        if (resident.isPresent() && cpu.isPresent()) {
            add(new Look(now, resident.getAsLong(), cpu.get()));
        }
    }

    private synchronized void add(Look look) {
        if (taken++ % step != 0) {
            return;
        }
        if (looks.size() == MOST_LOOKS) {
            step *= 2;
            for (int i = MOST_LOOKS - 1; i > 0; i -= 2) {
                looks.remove(i);
            }
        }
        looks.add(look);
    }

    /// In JSON; empty where there is no `/proc`.
    synchronized Optional<Map<String, Object>> form(Instant now) {
        if (looks.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("residentBytes", residentBytes().orElse(looks.getLast().residentBytes()));
        share(now).ifPresent(share -> form.put("cpuShare", share));
        form.put(
                "runningSeconds",
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, now).toSeconds())
                        .orElse(0L));
        Map<String, Object> resident = new LinkedHashMap<>();
        resident.put("series", "resident memory of Staunch");
        resident.put("unit", "bytes");
        resident.put(
                "points",
                Sparkline.of(looks.stream()
                        .map(look -> new Sample(look.at(), look.residentBytes()))
                        .toList()));
        form.put("resident", resident);
        return Optional.of(form);
    }

    /// Of one processor; empty until there is a time to speak of.
    private Optional<Double> share(Instant now) {
        Look before = looks.stream()
                .filter(look -> !look.at().isBefore(now.minus(LATELY)))
                .findFirst()
                .orElseGet(looks::getLast);
        long nanos = Duration.between(before.at(), now).toNanos();
        return nanos < LOOK_EVERY.toNanos() / 2
                ? Optional.empty()
                : cpu().map(used -> used.minus(before.cpu()).toNanos() / (double) nanos);
    }

    /// Absent where there is no `/proc`.
    static OptionalLong residentBytes() {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static Optional<Duration> cpu() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
