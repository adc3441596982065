package io.staunch.verify.daemon;

import io.staunch.collect.MetricsInstance;
import io.staunch.collect.Reading;
import io.staunch.collect.RecordedProbe;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/// A service whose days are made up from a seed: load with a daily cycle, a heap that fills and is cleaned, sessions,
/// threads, classes. Every twentieth leaks. Not thread-safe.
final class ReplayedService {
    private static final double MIB = 1 << 20;

    private final int number;
    private final Instant begin;
    private final Random random;
    private double garbage;
    private double kept;

    /// @param begin of the recording
    ReplayedService(int number, Instant begin) {
        this.number = number;
        this.begin = begin;
        this.random = new Random(number);
    }

    /// @param time of the recording
    RecordedProbe probe(InstantSource time) {
        MetricsInstance target = new MetricsInstance(
                "replay-" + number,
                name(),
                "10.0.0." + number + ":8080",
                MetricsInstance.Dialect.MICROMETER,
                Optional.of("1." + number % 7),
                begin);
        return new RecordedProbe(target, () -> at(time.instant()));
    }

    String name() {
        return "service-" + number / 4;
    }

    private List<Reading> at(Instant now) {
        double hours = Duration.between(begin, now).toMillis() / 3.6e6;
        double load = 100 * (1.2 + Math.sin(2 * Math.PI * hours / 24 + number)) * (0.95 + 0.1 * random.nextDouble());
        double floor = 150 * MIB + load * 0.1 * MIB + (number % 20 == 7 ? hours * MIB : 0);
        garbage += load * MIB / 20;
        boolean cleaned = garbage > 200 * MIB;
        if (cleaned || kept == 0) {
            garbage = 0;
            kept = floor * (0.995 + 0.01 * random.nextDouble());
        }
        List<Reading> readings = new ArrayList<>();
        OptionalDouble heap = OptionalDouble.of(1024 * MIB);
        readings.add(reading(Series.HEAP_USED, now, floor + garbage, heap));
        if (cleaned) {
            readings.add(reading(Series.LIVE_SET, now, kept, heap));
        }
        readings.add(reading(Series.REQUESTS, now, load, OptionalDouble.empty()));
        readings.add(reading(Series.THREADS, now, 40 + Math.rint(load / 10), OptionalDouble.empty()));
        readings.add(reading(Series.CLASSES, now, 9_000 + Math.min(900, hours * 100), OptionalDouble.empty()));
        readings.add(reading(Series.METASPACE, now, 60 * MIB + Math.min(6, hours) * MIB, OptionalDouble.empty()));
        readings.add(reading(Series.OPEN_FILES, now, 100 + Math.rint(load / 5), OptionalDouble.of(4_096)));
        readings.add(reading(Series.RSS, now, 900 * MIB + random.nextDouble() * MIB, OptionalDouble.empty()));
        return readings;
    }

    private static Reading reading(Series series, Instant at, double value, OptionalDouble limit) {
        return new Reading(series, new Sample(at, value), limit);
    }
}
