package io.staunch.shop.buyers;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// When visitors arrive: a Poisson process of so many visits a second, with a surge when there is one.
final class Arrivals {
    private final double perSecond;
    private final long endNanos;
    private final long surgeFromNanos;
    private final long surgeToNanos;
    private final double surgeFactor;
    private final Random random;
    private double atNanos;

    Arrivals(
            double perSecond,
            Duration time,
            Optional<Duration> surgeAfter,
            Duration surgeFor,
            double surgeFactor,
            long seed) {
        this.perSecond = perSecond;
        this.endNanos = time.toNanos();
        this.surgeFromNanos = surgeAfter.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.surgeToNanos =
                surgeAfter.map(after -> after.plus(surgeFor).toNanos()).orElse(Long.MAX_VALUE);
        this.surgeFactor = surgeFactor;
        this.random = new Random(seed);
    }

    long endNanos() {
        return endNanos;
    }

    /// The next visitor's time after the start, in nanoseconds; past the end when no one comes any more.
    long next() {
        boolean surge = atNanos >= surgeFromNanos && atNanos < surgeToNanos;
        double rate = surge ? perSecond * surgeFactor : perSecond;
        atNanos += -Math.log(1 - random.nextDouble()) / rate * 1e9;
        return (long) atNanos;
    }
}
