package io.staunch.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.server.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The oracle is the detector itself, asked about every leak of a fine row, the smallest first.
class SmallestLeakTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MIB = 1 << 20;
    private static final int RUNS = 30;
    private static final int ROWS = 8;
    private static final int SAMPLES = 22;

    @Test
    void itIsHalfAsMuchAgainAsTheLeastThatTheDetectorFindsWhenItIsAskedAboutEveryLeakInARow() {
        for (int seed = 0; seed < ROWS; seed++) {
            Random random = new Random(seed);
            Floor floor = floor(random, minutes(random), OptionalDouble.of(2048 * MIB));
            SmallestLeak found = SmallestLeak.of(floor, Duration.ofHours(1)).orElseThrow();
            double expected = 1.5 * byTheRow(level(floor));
            assertThat(found.perHour()).as("seed " + seed).isBetween(0.94 * expected, 1.06 * expected);
        }
    }

    /// The same without its rise, if it has one.
    private static Floor level(Floor floor) {
        SimpleLine line = new SimpleLine();
        Instant from = floor.samples().getFirst().at();
        floor.samples().forEach(sample -> line.add(hours(from, sample), sample.value()));
        return grown(floor, -Math.max(0, line.slope()));
    }

    /// A line through points by the normal equations.
    private static final class SimpleLine {
        private double n;
        private double x;
        private double y;
        private double xx;
        private double xy;

        void add(double atX, double atY) {
            n++;
            x += atX;
            y += atY;
            xx += atX * atX;
            xy += atX * atY;
        }

        double slope() {
            return (n * xy - x * y) / (n * xx - x * x);
        }
    }

    private static double hours(Instant from, Sample sample) {
        return Duration.between(from, sample.at()).toMillis() / 3.6e6;
    }

    /// The smallest from which on all are called.
    private static double byTheRow(Floor floor) {
        double smallest = Double.NaN;
        for (double perHour = 0.01 * MIB; perHour < 200_000 * MIB; perHour *= 1.05) {
            if (!isCalled(floor, perHour)) {
                smallest = Double.NaN;
            } else if (Double.isNaN(smallest)) {
                smallest = perHour;
            }
        }
        return smallest;
    }

    private static boolean isCalled(Floor floor, double perHour) {
        Detector detector = Detector.of(floor.options());
        detector.limit(START, floor.limit().orElseThrow());
        for (Sample sample : floor.samples()) {
            double hours = Duration.between(floor.samples().getFirst().at(), sample.at())
                            .toMillis()
                    / 3.6e6;
            detector.accept(new Sample(sample.at(), sample.value() + perHour * hours));
        }
        return detector.verdict() instanceof Verdict.Leaking;
    }

    @Test
    void ofThatSizeALeakIsSeenInOtherRunsToo() {
        int seen = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            int minutes = minutes(random);
            OptionalDouble limit = OptionalDouble.of(2048 * MIB);
            double level = level(random);
            double noise = noise(random);
            SmallestLeak found = SmallestLeak.of(floor(random, level, noise, minutes, limit), Duration.ofHours(1))
                    .orElseThrow();
            Floor other = floor(random, level, noise, minutes, limit);
            seen += isCalled(other, found.perHour()) ? 1 : 0;
        }
        assertThat(seen).isGreaterThanOrEqualTo((int) (0.9 * RUNS));
    }

    @Test
    void aLongerWatchSeesSmallerLeaks() {
        SmallestLeak brief = SmallestLeak.of(floor(new Random(1), 2, OptionalDouble.empty()), Duration.ofMinutes(2))
                .orElseThrow();
        SmallestLeak longer = SmallestLeak.of(floor(new Random(1), 60, OptionalDouble.empty()), Duration.ofHours(1))
                .orElseThrow();
        assertThat(longer.perHour()).isLessThan(brief.perHour() / 10);
    }

    @Test
    void aRiseThatIsThereIsTakenAwayFirst() {
        Floor well = floor(new Random(1), 10, OptionalDouble.of(512 * MIB));
        Floor leaks = grown(well, 100 * MIB);
        assertThat(SmallestLeak.of(leaks, Duration.ofMinutes(10)).orElseThrow().perHour())
                .isBetween(
                        0.8
                                * SmallestLeak.of(well, Duration.ofMinutes(10))
                                        .orElseThrow()
                                        .perHour(),
                        1.2
                                * SmallestLeak.of(well, Duration.ofMinutes(10))
                                        .orElseThrow()
                                        .perHour());
    }

    @Test
    void tooFewSamplesShowNoLeakOfAnySize() {
        Floor floor = floor(new Random(1), 10, OptionalDouble.empty());
        Floor few = new Floor(floor.series(), floor.options(), floor.samples().subList(0, 4), floor.limit());
        assertThat(SmallestLeak.of(few, Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void residentMemoryShowsNoLeakOfAnySizeInAFewMinutes() {
        Floor floor = floor(new Random(1), 5, OptionalDouble.empty());
        Floor resident = new Floor(Series.RSS, DetectorOptions.raw(), floor.samples(), floor.limit());
        assertThat(SmallestLeak.of(resident, Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void aLeakThatReachesTheLimitWithinTheWatchCountsForNone() {
        for (int seed = 0; seed < RUNS; seed++) {
            Floor narrow = floor(new Random(seed), 80 * MIB, 0.5 * MIB, 10, OptionalDouble.of(81 * MIB));
            assertThat(SmallestLeak.of(narrow, Duration.ofMinutes(10)))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void itSaysWhenTheLimitIsReachedAtThatPace() {
        SmallestLeak leak = new SmallestLeak(Series.LIVE_SET, 1.2 * MIB, 166.4 * MIB, OptionalDouble.of(512 * MIB));
        assertThat(leak.untilLimit()).contains(Duration.ofDays(12));
        assertThat(leak.explained())
                .isEqualTo(
                        "a leak of 1.2 MiB an hour or more would have been seen (at that pace the limit of 512 MiB is"
                                + " reached in 12 days); a slower one might not: soak for longer to see it");
    }

    @Test
    void withoutALimitItSaysNothingOfOne() {
        SmallestLeak leak = new SmallestLeak(Series.REDIS_USED_MEMORY, MIB, MIB, OptionalDouble.empty());
        assertThat(leak.untilLimit()).isEmpty();
        assertThat(leak.explained()).doesNotContain("limit");
    }

    private static int minutes(Random random) {
        return 1 + random.nextInt(120);
    }

    /// Live sets, counted all over the time, that stay where they are.
    private static Floor floor(Random random, int minutes, OptionalDouble limit) {
        return floor(random, level(random), noise(random), minutes, limit);
    }

    private static double level(Random random) {
        return (3 + 80 * random.nextDouble()) * MIB;
    }

    /// A standard deviation of 10 KB to half a megabyte.
    private static double noise(Random random) {
        return 10_000 * Math.exp(4 * random.nextDouble());
    }

    private static Floor floor(Random random, double level, double noise, int minutes, OptionalDouble limit) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            Instant at = START.plusMillis((long) (60_000.0 * minutes * i / SAMPLES));
            samples.add(new Sample(at, level + noise * random.nextGaussian()));
        }
        return new Floor(Series.LIVE_SET, DetectorOptions.exact(), samples, limit);
    }

    private static Floor grown(Floor floor, double perHour) {
        Instant from = floor.samples().getFirst().at();
        return new Floor(
                floor.series(),
                floor.options(),
                floor.samples().stream()
                        .map(sample -> new Sample(
                                sample.at(),
                                sample.value()
                                        + perHour
                                                * Duration.between(from, sample.at())
                                                        .toMillis()
                                                / 3.6e6))
                        .toList(),
                floor.limit());
    }
}
