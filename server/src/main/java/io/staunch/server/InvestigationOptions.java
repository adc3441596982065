package io.staunch.server;

import io.staunch.collect.Reading;
import io.staunch.detect.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How far up the ladder of evidence an investigation may climb, and at what pace.
///
/// @param climb         when class histograms are taken
/// @param readEvery     time between two readings of the always-on rung
/// @param pauseShare    the most time of the target's that histograms may take altogether, as a share
/// @param dump          whether a heap dump may be taken once a leak is likely
/// @param dumpDirectory where the dump lies while it is analysed
/// @param limits        the value at which a series fails, in its unit, instead of what the target says itself
public record InvestigationOptions(
        Climb climb,
        Duration readEvery,
        double pauseShare,
        boolean dump,
        Path dumpDirectory,
        Map<Series, Double> limits) {
    public InvestigationOptions(Climb climb, Duration readEvery, double pauseShare, boolean dump, Path dumpDirectory) {
        this(climb, readEvery, pauseShare, dump, dumpDirectory, Map.of());
    }

    public InvestigationOptions {
        limits = Map.copyOf(limits);
        if (readEvery.isNegative() || readEvery.isZero()) {
            throw new IllegalArgumentException("readEvery: expected more than nothing, found " + readEvery);
        }
        if (!(pauseShare > 0 && pauseShare <= 1)) {
            throw new IllegalArgumentException("pauseShare: expected more than 0 and at most 1, found " + pauseShare);
        }
    }

    /// When the second rung is climbed.
    public enum Climb {
        /// Histograms from the start: somebody asked and waits for the answer.
        AT_ONCE,
        /// Histograms only once the always-on rung raises suspicion.
        ON_SUSPICION
    }

    /// For somebody who asks and waits: at most a twentieth of the time in pauses.
    public static InvestigationOptions asked(boolean dump) {
        return new InvestigationOptions(Climb.AT_ONCE, Duration.ofSeconds(1), 0.05, dump, temporaryDirectory());
    }

    /// For a service that is watched around the clock.
    public static InvestigationOptions watching(boolean dump) {
        return new InvestigationOptions(Climb.ON_SUSPICION, Duration.ofSeconds(5), 0.02, dump, temporaryDirectory());
    }

    public InvestigationOptions readingEvery(Duration interval) {
        return new InvestigationOptions(climb, interval, pauseShare, dump, dumpDirectory, limits);
    }

    public InvestigationOptions dumpingTo(Path directory) {
        return new InvestigationOptions(climb, readEvery, pauseShare, dump, directory, limits);
    }

    public InvestigationOptions pausing(double share) {
        return new InvestigationOptions(climb, readEvery, share, dump, dumpDirectory, limits);
    }

    public InvestigationOptions dumping(boolean allowed) {
        return new InvestigationOptions(climb, readEvery, pauseShare, allowed, dumpDirectory, limits);
    }

    public InvestigationOptions limiting(Map<Series, Double> known) {
        return new InvestigationOptions(climb, readEvery, pauseShare, dump, dumpDirectory, known);
    }

    /// The readings with the limits that are known better.
    List<Reading> limited(List<Reading> readings) {
        if (limits.isEmpty()) {
            return readings;
        }
        return readings.stream()
                .map(reading -> Optional.ofNullable(limits.get(reading.series()))
                        .map(limit -> new Reading(reading.series(), reading.sample(), OptionalDouble.of(limit)))
                        .orElse(reading))
                .toList();
    }

    private static Path temporaryDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
