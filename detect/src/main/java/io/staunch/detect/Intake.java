package io.staunch.detect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/// Takes in what arrives in any order within an instant, and hands each instant on when a later one begins. Of
/// several values for one instant the lowest sample, the highest load and the lowest limit count. What lies
/// before the open instant came too late to be of use.
final class Intake {
    private static final double SHORT_LAG_SECONDS = 20 * 60;
    private static final double LONG_LAG_SECONDS = 90 * 60;
    static final int BYTES = 12 * Double.BYTES + 12 + 7;

    private boolean started;
    private long originSecond;
    private int originNano;

    private boolean open;
    private double seconds;
    private double value = Double.NaN;
    private double load = Double.NaN;
    private double limit = Double.NaN;
    private boolean restarts;
    private boolean deploys;
    private boolean provesWell;

    private double limitNow = Double.NaN;
    private double loadUnit = Double.NaN;
    private double lastLoad;
    private double lastLoadSeconds;
    private double shortLoad = 1;
    private double longLoad = 1;

    Intake copy() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return read(bytes.flip());
    }

    void write(ByteBuffer to) {
        to.putLong(originSecond).putInt(originNano);
        for (boolean flag : new boolean[] {started, open, restarts, deploys, provesWell}) {
            to.put((byte) (flag ? 1 : 0));
        }
        to.putDouble(seconds).putDouble(value).putDouble(load).putDouble(limit).putDouble(limitNow);
        to.putDouble(loadUnit).putDouble(lastLoad).putDouble(lastLoadSeconds);
        to.putDouble(shortLoad).putDouble(longLoad);
    }

    static Intake read(ByteBuffer from) {
        Intake intake = new Intake();
        intake.originSecond = from.getLong();
        intake.originNano = from.getInt();
        intake.started = from.get() == 1;
        intake.open = from.get() == 1;
        intake.restarts = from.get() == 1;
        intake.deploys = from.get() == 1;
        intake.provesWell = from.get() == 1;
        intake.seconds = from.getDouble();
        intake.value = from.getDouble();
        intake.load = from.getDouble();
        intake.limit = from.getDouble();
        intake.limitNow = from.getDouble();
        intake.loadUnit = from.getDouble();
        intake.lastLoad = from.getDouble();
        intake.lastLoadSeconds = from.getDouble();
        intake.shortLoad = from.getDouble();
        intake.longLoad = from.getDouble();
        return intake;
    }

    double limit() {
        return limitNow;
    }

    boolean knowsLoad() {
        return !Double.isNaN(loadUnit);
    }

    Instant instant(double atSeconds) {
        return Instant.ofEpochSecond(originSecond, originNano).plus(Duration.ofNanos((long) (atSeconds * 1e9)));
    }

    void sample(Instant at, double sample, Watch watch) {
        if (opens(at, watch)) {
            value = Double.isNaN(value) ? sample : Math.min(value, sample);
        }
    }

    void load(Instant at, double amount, Watch watch) {
        if (opens(at, watch)) {
            load = Double.isNaN(load) ? amount : Math.max(load, amount);
        }
    }

    void limit(Instant at, double amount, Watch watch) {
        if (opens(at, watch)) {
            limit = Double.isNaN(limit) ? amount : Math.min(limit, amount);
        }
    }

    void event(Instant at, Event event, Watch watch) {
        if (opens(at, watch)) {
            restarts |= event != Event.MIGRATION;
            deploys |= event == Event.DEPLOY;
        }
    }

    void baseline(Instant at, Watch watch) {
        if (opens(at, watch)) {
            restarts = true;
            provesWell = true;
        }
    }

    /// Makes `at` the open instant; false if it lies before the open one.
    private boolean opens(Instant at, Watch watch) {
        if (!started) {
            started = true;
            originSecond = at.getEpochSecond();
            originNano = at.getNano();
        }
        double now = (at.getEpochSecond() - originSecond) + (at.getNano() - originNano) * 1e-9;
        if (open && now < seconds) {
            return false;
        }
        if (open && now > seconds) {
            settle(watch);
        }
        open = true;
        seconds = now;
        return true;
    }

    /// Hands the open instant on: limit, restart, load and sample, in this order.
    void settle(Watch watch) {
        if (!open) {
            return;
        }
        if (!Double.isNaN(limit)) {
            limitNow = limit;
        }
        if (restarts) {
            watch.restart(seconds, deploys, provesWell, limitNow);
        }
        if (!Double.isNaN(load)) {
            settleLoad();
        }
        if (!Double.isNaN(value)) {
            watch.sample(seconds, value, shortLoad, longLoad, limitNow, knowsLoad());
        }
        open = false;
        value = Double.NaN;
        load = Double.NaN;
        limit = Double.NaN;
        restarts = false;
        deploys = false;
        provesWell = false;
    }

    private void settleLoad() {
        if (!knowsLoad()) {
            if (!(load > 0)) {
                return;
            }
            loadUnit = load;
        } else {
            double passed = seconds - lastLoadSeconds;
            double between = (lastLoad + load) / 2 / loadUnit;
            shortLoad += (between - shortLoad) * -Math.expm1(-passed / SHORT_LAG_SECONDS);
            longLoad += (between - longLoad) * -Math.expm1(-passed / LONG_LAG_SECONDS);
        }
        lastLoad = load;
        lastLoadSeconds = seconds;
    }
}
