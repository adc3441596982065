package io.staunch.verify.detect;

import io.staunch.detect.Detector;
import io.staunch.detect.Event;
import io.staunch.detect.Sample;
import java.time.Instant;

/// How a recording reaches the detector: at which spacing, with its load series or without, tidy or as networks
/// deliver.
///
/// @param everySeconds spacing of the samples; below a minute the values between two minutes are drawn between them
/// @param load         whether the load series is delivered
/// @param messy        times jitter, one sample in 20 comes twice, one in 20 after its successor, one in 20 is lost
record Delivery(int everySeconds, boolean load, boolean messy) {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Delivery {
        if (everySeconds < 1 || (everySeconds % 60 != 0 && 60 % everySeconds != 0)) {
            throw new IllegalArgumentException(
                    "spacing: expected a divisor or a multiple of 60 seconds, found " + everySeconds);
        }
    }

    static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    /// Delivers what lies in one minute of a recording.
    ///
    /// @param minute of the recording
    /// @param shift  minutes between the detector's start and the recording's
    void feed(Detector detector, Recording recording, int minute, int shift) {
        Instant at = at(minute + shift);
        if (recording.restart()[minute]) {
            detector.event(at, recording.deploy()[minute] ? Event.DEPLOY : Event.RESTART);
        }
        if (everySeconds >= 60) {
            if (minute % (everySeconds / 60) == 0) {
                one(detector, recording, minute, 0, at);
            }
            return;
        }
        for (int second = 0; second < 60; second += everySeconds) {
            one(detector, recording, minute, second / 60.0, at.plusSeconds(second));
        }
    }

    private void one(Detector detector, Recording recording, int minute, double part, Instant at) {
        double value = between(recording.value(), minute, part, recording.restart());
        double chance = random(minute, part, 1);
        if (load && recording.load().length > 0) {
            detector.load(new Sample(at, between(recording.load(), minute, part, recording.restart())));
        }
        if (Double.isNaN(value) || (messy && chance < 0.05)) {
            return;
        }
        if (!messy) {
            detector.accept(new Sample(at, value));
            return;
        }
        long late = (long) (400 * everySeconds * (random(minute, part, 2) - 0.5));
        Instant scraped = at.plusMillis(Math.max(0, late));
        detector.accept(new Sample(scraped, value));
        if (chance < 0.1) {
            detector.accept(new Sample(scraped, value));
        } else if (chance < 0.15) {
            detector.accept(new Sample(scraped.minusSeconds(everySeconds), value));
        }
    }

    private static double between(double[] series, int minute, double part, boolean[] restart) {
        boolean last = minute + 1 >= series.length || restart[minute + 1];
        return part == 0 || last ? series[minute] : series[minute] + part * (series[minute + 1] - series[minute]);
    }

    /// A number from 0 to 1 that depends on its arguments alone.
    private static double random(int minute, double part, int which) {
        long bits = ((long) (minute * 60L + part * 60)) * 0x9E3779B97F4A7C15L + which * 0xD1B54A32D192ED03L;
        bits = (bits ^ (bits >>> 31)) * 0xBF58476D1CE4E5B9L;
        return ((bits ^ (bits >>> 29)) >>> 11) * 0x1p-53;
    }
}
