package io.staunch.verify.detect;

import io.staunch.detect.Detector;
import io.staunch.detect.Event;
import io.staunch.detect.Sample;
import java.time.Instant;

/// How a recording reaches the detector: at which spacing, with its load series or without, tidy or as networks
/// deliver.
///
/// @param everySeconds spacing of the samples; 0 delivers the recording as it is. Below the recording's own spacing,
///                     values are drawn between its values
/// @param load         whether the load series is delivered
/// @param messy        times jitter, one sample in 20 comes twice, one in 20 after its successor, one in 20 is lost
record Delivery(int everySeconds, boolean load, boolean messy) {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static Instant at(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    /// Delivers what lies between one value of a recording and the next.
    ///
    /// @param shift seconds between the detector's start and the recording's
    void feed(Detector detector, Recording recording, int i, double shift) {
        int apart = recording.secondsApart();
        double seconds = shift + i * (double) apart;
        if (recording.restart()[i]) {
            detector.event(at(seconds), recording.deploy()[i] ? Event.DEPLOY : Event.RESTART);
        }
        double limit = recording.limit()[i];
        if (!Double.isNaN(limit) && (i == 0 || limit != recording.limit()[i - 1])) {
            detector.limit(at(seconds), limit);
        }
        int every = everySeconds == 0 ? apart : everySeconds;
        if (every >= apart) {
            if (i % (every / apart) == 0) {
                one(detector, recording, i, 0, seconds);
            }
            return;
        }
        for (int second = 0; second < apart; second += every) {
            one(detector, recording, i, second / (double) apart, seconds + second);
        }
    }

    private void one(Detector detector, Recording recording, int i, double part, double seconds) {
        double value = between(recording.value(), i, part, recording.restart());
        double chance = random(i, part, 1);
        if (load && recording.load().length > 0) {
            detector.load(new Sample(at(seconds), between(recording.load(), i, part, recording.restart())));
        }
        if (Double.isNaN(value) || (messy && chance < 0.05)) {
            return;
        }
        if (!messy) {
            detector.accept(new Sample(at(seconds), value));
            return;
        }
        double every = everySeconds == 0 ? recording.secondsApart() : everySeconds;
        Instant scraped = at(seconds + Math.max(0, 0.4 * every * (random(i, part, 2) - 0.5)));
        detector.accept(new Sample(scraped, value));
        if (chance < 0.1) {
            detector.accept(new Sample(scraped, value));
        } else if (chance < 0.15) {
            detector.accept(new Sample(scraped.minusMillis((long) (1000 * every)), value));
        }
    }

    private static double between(double[] series, int i, double part, boolean[] restart) {
        boolean last = i + 1 >= series.length || restart[i + 1];
        return part == 0 || last ? series[i] : series[i] + part * (series[i + 1] - series[i]);
    }

    /// A number from 0 to 1 that depends on its arguments alone.
    private static double random(int i, double part, int which) {
        long bits = ((long) (i * 60L + part * 60)) * 0x9E3779B97F4A7C15L + which * 0xD1B54A32D192ED03L;
        bits = (bits ^ (bits >>> 31)) * 0xBF58476D1CE4E5B9L;
        return ((bits ^ (bits >>> 29)) >>> 11) * 0x1p-53;
    }
}
