package io.staunch.detect;

import java.time.Duration;
import java.time.Instant;

/// What came in so far, in constant space: the newest instant, which is still open, and the blocks of all before.
final class Past {
    private static final double SHORT_LAG_SECONDS = 20 * 60;
    private static final double LONG_LAG_SECONDS = 90 * 60;

    private final Blocks blocks;
    private long samples;
    private double limit = Double.NaN;
    private double loadUnit = Double.NaN;
    private double lastLoad = Double.NaN;
    private double lastLoadSeconds;
    private double shortLoad = 1;
    private double longLoad = 1;

    private boolean started;
    private long originSecond;
    private int originNano;
    private double lastSeconds;

    // the open instant
    private boolean open;
    private double openSeconds;
    private double openValue = Double.NaN;
    private double openLoad = Double.NaN;
    private double openLimit = Double.NaN;
    private boolean openRestart;

    Past() {
        blocks = new Blocks();
    }

    private Past(Past other) {
        blocks = other.blocks.copy();
        samples = other.samples;
        limit = other.limit;
        loadUnit = other.loadUnit;
        lastLoad = other.lastLoad;
        lastLoadSeconds = other.lastLoadSeconds;
        shortLoad = other.shortLoad;
        longLoad = other.longLoad;
        started = other.started;
        originSecond = other.originSecond;
        originNano = other.originNano;
        lastSeconds = other.lastSeconds;
        open = other.open;
        openSeconds = other.openSeconds;
        openValue = other.openValue;
        openLoad = other.openLoad;
        openLimit = other.openLimit;
        openRestart = other.openRestart;
    }

    Blocks blocks() {
        return blocks;
    }

    /// Samples since the last restart.
    long samples() {
        return samples;
    }

    double limit() {
        return limit;
    }

    Instant instant(double seconds) {
        return Instant.ofEpochSecond(originSecond, originNano).plus(nanos(seconds));
    }

    Instant fromNow(double seconds) {
        return instant(lastSeconds + Math.min(seconds, 1e9));
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    void sample(Instant at, double value) {
        if (opens(at)) {
            openValue = Double.isNaN(openValue) ? value : Math.min(openValue, value);
        }
    }

    void load(Instant at, double value) {
        if (opens(at)) {
            openLoad = Double.isNaN(openLoad) ? value : Math.max(openLoad, value);
        }
    }

    void limit(Instant at, double value) {
        if (opens(at)) {
            openLimit = Double.isNaN(openLimit) ? value : Math.min(openLimit, value);
        }
    }

    void event(Instant at, Event event) {
        if (opens(at)) {
            openRestart |= event != Event.MIGRATION;
        }
    }

    /// Makes `at` the open instant; false if it lies before the open one: too late to be of use.
    private boolean opens(Instant at) {
        if (!started) {
            started = true;
            originSecond = at.getEpochSecond();
            originNano = at.getNano();
        }
        double seconds = (at.getEpochSecond() - originSecond) + (at.getNano() - originNano) * 1e-9;
        if (open && seconds < openSeconds) {
            return false;
        }
        if (open && seconds > openSeconds) {
            settle();
        }
        open = true;
        openSeconds = seconds;
        return true;
    }

    /// This past with its open instant closed.
    Past settled() {
        Past copy = new Past(this);
        copy.settle();
        return copy;
    }

    private void settle() {
        if (!open) {
            return;
        }
        if (!Double.isNaN(openLimit)) {
            limit = openLimit;
        }
        if (openRestart) {
            blocks.clear();
            samples = 0;
        }
        if (!Double.isNaN(openLoad)) {
            settleLoad();
        }
        if (!Double.isNaN(openValue)) {
            blocks.add(openSeconds, openValue, shortLoad, longLoad);
            samples++;
        }
        lastSeconds = openSeconds;
        open = false;
        openValue = Double.NaN;
        openLoad = Double.NaN;
        openLimit = Double.NaN;
        openRestart = false;
    }

    private void settleLoad() {
        if (Double.isNaN(loadUnit)) {
            if (!(openLoad > 0)) {
                return;
            }
            loadUnit = openLoad;
        } else {
            double passed = openSeconds - lastLoadSeconds;
            double held = (lastLoad + openLoad) / 2 / loadUnit;
            shortLoad += (held - shortLoad) * -Math.expm1(-passed / SHORT_LAG_SECONDS);
            longLoad += (held - longLoad) * -Math.expm1(-passed / LONG_LAG_SECONDS);
        }
        lastLoad = openLoad;
        lastLoadSeconds = openSeconds;
    }
}
