package io.staunch.detect;

import java.nio.ByteBuffer;
import java.time.Instant;

/// Takes in what arrives in any order within an instant, and hands each instant on when a later one begins. Of
/// several values for one instant the lowest sample, the highest load and the lowest limit count. What lies
/// before the open instant came too late to be of use.
final class Intake {
    private static final double SHORT_LAG_SECONDS = 20 * 60;
    private static final double LONG_LAG_SECONDS = 90 * 60;
    private static final long NANOS = 1_000_000_000;
    static final int BYTES = 2 * Long.BYTES + 4 + 1 + 6 * Double.BYTES + 3 * Float.BYTES;

    private static final int STARTED = 1;
    private static final int OPEN = 2;
    private static final int RESTARTS = 4;
    private static final int DEPLOYS = 8;
    private static final int PROVES_WELL = 16;
    private static final int MIGRATES = 32;

    private long originSecond;
    private int originNano;
    private byte flags;

    /// The open instant, in nanoseconds since the first one.
    private long nanos;
    private double value = Double.NaN;
    private double load = Double.NaN;
    private double limit = Double.NaN;

    private double limitNow = Double.NaN;
    private double loadUnit = Double.NaN;
    private double lastLoadSeconds;
    private float lastLoad;
    private float shortLoad = 1;
    private float longLoad = 1;

    void write(ByteBuffer to) {
        to.putLong(originSecond).putInt(originNano).put(flags).putLong(nanos);
        to.putDouble(value).putDouble(load).putDouble(limit).putDouble(limitNow);
        to.putDouble(loadUnit).putDouble(lastLoadSeconds);
        to.putFloat(lastLoad).putFloat(shortLoad).putFloat(longLoad);
    }

    static Intake read(ByteBuffer from) {
        Intake intake = new Intake();
        intake.originSecond = from.getLong();
        intake.originNano = from.getInt();
        intake.flags = from.get();
        intake.nanos = from.getLong();
        intake.value = from.getDouble();
        intake.load = from.getDouble();
        intake.limit = from.getDouble();
        intake.limitNow = from.getDouble();
        intake.loadUnit = from.getDouble();
        intake.lastLoadSeconds = from.getDouble();
        intake.lastLoad = from.getFloat();
        intake.shortLoad = from.getFloat();
        intake.longLoad = from.getFloat();
        return intake;
    }

    /// For another process, which began at an instant: limit and load stay known.
    Intake successor(Instant start) {
        Intake next = new Intake();
        next.flags = STARTED;
        next.originSecond = is(STARTED) ? originSecond : start.getEpochSecond();
        next.originNano = is(STARTED) ? originNano : start.getNano();
        next.nanos = next.nanos(start.getEpochSecond(), start.getNano());
        next.limitNow = limitNow;
        next.loadUnit = loadUnit;
        next.lastLoad = lastLoad;
        next.lastLoadSeconds = next.seconds();
        next.shortLoad = shortLoad;
        next.longLoad = longLoad;
        return next;
    }

    private long nanos(long second, int nano) {
        return (second - originSecond) * NANOS + (nano - originNano);
    }

    /// The open instant, in seconds since the first one.
    double seconds() {
        return nanos * 1e-9;
    }

    double limit() {
        return limitNow;
    }

    boolean knowsLoad() {
        return !Double.isNaN(loadUnit);
    }

    Instant instant(double atSeconds) {
        return Instant.ofEpochSecond(originSecond, originNano).plusNanos((long) (atSeconds * 1e9));
    }

    void sample(long second, int nano, double sample, Watch watch, Workbench bench) {
        if (opens(second, nano, watch, bench)) {
            value = Double.isNaN(value) ? sample : Math.min(value, sample);
        }
    }

    void load(long second, int nano, double amount, Watch watch, Workbench bench) {
        if (opens(second, nano, watch, bench)) {
            load = Double.isNaN(load) ? amount : Math.max(load, amount);
        }
    }

    void limit(Instant at, double amount, Watch watch, Workbench bench) {
        if (opens(at.getEpochSecond(), at.getNano(), watch, bench)) {
            limit = Double.isNaN(limit) ? amount : Math.min(limit, amount);
        }
    }

    void event(Instant at, Event event, Watch watch, Workbench bench) {
        if (opens(at.getEpochSecond(), at.getNano(), watch, bench)) {
            flags |= (byte)
                    switch (event) {
                        case RESTART -> RESTARTS;
                        case DEPLOY -> RESTARTS | DEPLOYS;
                        case MIGRATION -> MIGRATES;
                    };
        }
    }

    void baseline(Instant at, Watch watch, Workbench bench) {
        if (opens(at.getEpochSecond(), at.getNano(), watch, bench)) {
            flags |= RESTARTS | PROVES_WELL;
        }
    }

    /// Makes an instant the open one; false if it lies before the open one.
    private boolean opens(long second, int nano, Watch watch, Workbench bench) {
        if (!is(STARTED)) {
            flags |= STARTED;
            originSecond = second;
            originNano = nano;
        }
        long now = nanos(second, nano);
        if (is(OPEN)) {
            if (now < nanos) {
                return false;
            }
            if (now == nanos) {
                return true;
            }
            settle(watch, bench);
        } else if (now < nanos) {
            return false;
        }
        flags |= OPEN;
        nanos = now;
        return true;
    }

    private boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /// Hands the open instant on: limit, restart, load and sample, in this order.
    void settle(Watch watch, Workbench bench) {
        if (!is(OPEN)) {
            return;
        }
        double seconds = seconds();
        if (!Double.isNaN(limit)) {
            limitNow = limit;
            limit = Double.NaN;
        }
        if (is(RESTARTS)) {
            watch.restart(seconds, is(DEPLOYS), is(PROVES_WELL), limitNow);
        }
        if (is(MIGRATES)) {
            watch.migrate();
        }
        if (!Double.isNaN(load)) {
            settleLoad(seconds);
            load = Double.NaN;
        }
        if (!Double.isNaN(value)) {
            watch.sample(seconds, value, shortLoad, longLoad, limitNow, knowsLoad(), bench);
            value = Double.NaN;
        }
        flags &= STARTED;
    }

    private void settleLoad(double seconds) {
        if (!knowsLoad()) {
            if (!(load > 0)) {
                return;
            }
            loadUnit = load;
        } else {
            double passed = seconds - lastLoadSeconds;
            double between = (lastLoad + load) / 2 / loadUnit;
            shortLoad += (float) ((between - shortLoad) * forgotten(passed / SHORT_LAG_SECONDS));
            longLoad += (float) ((between - longLoad) * forgotten(passed / LONG_LAG_SECONDS));
        }
        lastLoad = (float) load;
        lastLoadSeconds = seconds;
    }

    /// 1 − exp(−x), by Padé's approximation where it is exact to 1e-5.
    private static double forgotten(double x) {
        return x < 0.25 ? x / (1 + x * (0.5 + x / 12)) : -Math.expm1(-x);
    }
}
