package io.staunch.detect;

import java.time.Duration;
import java.util.Optional;

/// How a series is judged. Sizes are in the unit of the series, shares are of the limit, or of the present
/// level where no limit is known.
///
/// @param noise         what a single value stands for
/// @param minimumGrowth the least growth worth mentioning, in the unit of the series
/// @param minimumShare  the least growth worth mentioning, as a share
/// @param patience      how long a growth must have been watched before it is called a leak, as a share of the
///                      time that is left until the limit; 0 judges as soon as the samples allow
/// @param settling      how long warm-ups, jobs and the like may take; what grows for less than this needs more
///                      patience
/// @param unit          what the values count, for the sentences; absent if that is not known
public record DetectorOptions(
        Noise noise,
        double minimumGrowth,
        double minimumShare,
        double patience,
        Duration settling,
        Optional<Unit> unit) {
    /// What a single value stands for.
    public enum Noise {
        /// Just what is held, such as the live set that a class histogram counts after a full collection.
        EXACT,
        /// Exact, of what a program loads as it is used (classes and their metaspace): only a pace that does not
        /// slacken counts. Loading that is slow because the processor is busy slackens over minutes.
        LOADED,
        /// Near what is held, such as the use of a memory pool after its last collection.
        ENVELOPE,
        /// What is held and what waits for the next collection: only the lows count.
        RAW
    }

    /// A running JVM compiles, loads classes and fills its tables for a while: less than this is never a leak
    /// by itself.
    private static final double JVM_NOISE_BYTES = 192 * 1024;

    /// A growth must have filled about an eighth of what it can fill.
    private static final double AROUND_THE_CLOCK = 0.13;

    /// From this spacing on a series is watched around the clock.
    private static final double COARSE_NANOS = 15e9;

    /// No run is so quick that it settles in less than this share of a day.
    private static final double QUICKEST = 0.005;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Optional<Unit> BYTES = Optional.of(Unit.BYTES);
    private static final DetectorOptions EXACT =
            new DetectorOptions(Noise.EXACT, JVM_NOISE_BYTES, 0.004, 0, A_DAY, BYTES);
    private static final DetectorOptions LOADED_BYTES =
            new DetectorOptions(Noise.LOADED, JVM_NOISE_BYTES, 0.02, 0, A_DAY, BYTES);
    private static final DetectorOptions LOADED_COUNTS =
            new DetectorOptions(Noise.LOADED, 8, 0.02, 0, A_DAY, Optional.of(Unit.COUNT));
    private static final DetectorOptions FLOOR =
            new DetectorOptions(Noise.ENVELOPE, 0, 0.015, AROUND_THE_CLOCK, A_DAY, BYTES);
    private static final DetectorOptions RAW = new DetectorOptions(Noise.RAW, 0, 0.015, AROUND_THE_CLOCK, A_DAY, BYTES);
    private static final DetectorOptions COUNTS =
            new DetectorOptions(Noise.EXACT, 8, 0.02, 0, A_DAY, Optional.of(Unit.COUNT));

    /// How long warm-ups, jobs and the like may take in a series whose samples are this far apart: whoever samples
    /// every second or two watches a run of minutes, and what settles there does so within a part of them.
    public static Duration settling(Duration spacing) {
        double share = Math.min(1, spacing.toNanos() / COARSE_NANOS);
        return Duration.ofMillis((long) (A_DAY.toMillis() * Math.max(QUICKEST, share * share * share)));
    }

    public DetectorOptions {
        if (settling.isNegative() || settling.isZero()) {
            throw new IllegalArgumentException("settling: expected more than nothing, found " + settling);
        }
        if (!(minimumGrowth >= 0) || !(minimumShare >= 0) || !(patience >= 0)) {
            throw new IllegalArgumentException("detector options: expected no negative size or share, found "
                    + minimumGrowth + ", " + minimumShare + ", " + patience);
        }
    }

    /// Bytes that were counted exactly; judged as soon as the samples allow.
    public static DetectorOptions exact() {
        return EXACT;
    }

    /// Bytes of what a program loads as it is used, such as metaspace; judged as soon as the samples allow.
    public static DetectorOptions loadedBytes() {
        return LOADED_BYTES;
    }

    /// Numbers of what a program loads as it is used, such as classes; judged as soon as the samples allow.
    public static DetectorOptions loadedCounts() {
        return LOADED_COUNTS;
    }

    /// Growth that is worth mentioning.
    ///
    /// @param limit NaN if none is known
    double worthMentioning(double limit, double level) {
        return Math.max(minimumGrowth, minimumShare * (Double.isNaN(limit) ? Math.abs(level) : limit));
    }

    /// Whether the lows of the samples say more than the highs.
    boolean leansLow() {
        return switch (noise) {
            case EXACT, LOADED -> false;
            case ENVELOPE, RAW -> true;
        };
    }

    /// Bytes near the live set, watched around the clock.
    public static DetectorOptions floor() {
        return FLOOR;
    }

    /// Raw bytes in use, watched around the clock.
    public static DetectorOptions raw() {
        return RAW;
    }

    /// Numbers of things: threads, classes, sessions, connections. Judged as soon as the samples allow.
    public static DetectorOptions counts() {
        return COUNTS;
    }

    public DetectorOptions withPatience(double share) {
        return new DetectorOptions(noise, minimumGrowth, minimumShare, share, settling, unit);
    }

    public DetectorOptions withMinimum(double growth, double share) {
        return new DetectorOptions(noise, growth, share, patience, settling, unit);
    }

    public DetectorOptions withSettling(Duration time) {
        return new DetectorOptions(noise, minimumGrowth, minimumShare, patience, time, unit);
    }

    /// Nothing is said of what the values count.
    public DetectorOptions withoutUnit() {
        return new DetectorOptions(noise, minimumGrowth, minimumShare, patience, settling, Optional.empty());
    }
}
