package io.staunch.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times as places from left to right.
record TimeScale(Instant from, Instant to, double left, double right) {
    private static final long[] STEP_SECONDS = {
        1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };
    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = format("HH:mm");
    private static final DateTimeFormatter DAYS = format("d MMM");

    /// A time to be written below the scale.
    record Tick(double x, String label) {}

    double x(Instant at) {
        double whole = Math.max(1, Duration.between(from, to).toMillis());
        double share = Duration.between(from, at).toMillis() / whole;
        return left + Math.clamp(share, 0.0, 1.0) * (right - left);
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    /// Round times, at most so many.
    List<Tick> ticks(int most) {
        long span = Math.max(1, Duration.between(from, to).toSeconds());
        long step = STEP_SECONDS[STEP_SECONDS.length - 1];
        for (int i = STEP_SECONDS.length - 1; i >= 0 && span / STEP_SECONDS[i] <= most; i--) {
            step = STEP_SECONDS[i];
        }
        DateTimeFormatter format = step < 60 ? SECONDS : step < 86_400 ? MINUTES : DAYS;
        List<Tick> ticks = new ArrayList<>();
        for (long second = Math.ceilDiv(from.getEpochSecond(), step) * step;
                second <= to.getEpochSecond() && ticks.size() <= 2 * most;
                second += step) {
            Instant at = Instant.ofEpochSecond(second);
            ticks.add(new Tick(x(at), format.format(at)));
        }
        return ticks;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
