package io.staunch.server.soak;

import io.staunch.detect.Detector;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.OverallVerdict;
import io.staunch.server.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The smallest steady leak that a watch would have found: what was measured, with so much more an hour from its first
/// sample on, is called a leak by the very judge that judged the watch. The least that is called one in this run is
/// missed in
/// another as often as not; so a margin is added.
///
/// @param perHour in the unit of the series, the margin included
/// @param level   where the series stood at the end
/// @param limit   the value at which the target fails, if one is known
public record SmallestLeak(Series series, double perHour, double level, OptionalDouble limit) {
    /// Smaller leaks than one that gains this in the whole watch are not looked for.
    private static final double LEAST_GAIN = 1;

    /// Where no limit is known a leak that multiplies the level like this is the largest that is tried.
    private static final double MOST_TIMES_THE_LEVEL = 64;

    /// Times the least that is called a leak: of this size some nine in ten are called so when the same noise is drawn
    /// anew (docs/how-to/soak-a-release.md).
    private static final double MARGIN = 1.5;

    /// To within about one percent.
    private static final int REFINEMENTS = 6;

    /// Halves a leak that fills the room until it is no longer called one, then narrows the last half down: so that
    /// every larger leak that was tried was called one. Some 30 detectors over the samples. A rise that is there
    /// already, leak or drift, is taken away first: it would help.
    ///
    /// @param watched for how long
    /// @return empty if no leak could have been found but one that reaches the limit within the watch
    static Optional<SmallestLeak> of(Floor floor, Duration watched) {
        List<Sample> samples = floor.samples();
        if (samples.size() < 2) {
            return Optional.empty();
        }
        double rise = Math.max(0, risePerHour(samples));
        double hours = hours(samples, samples.getLast());
        double level = samples.getLast().value();
        double room = floor.limit().orElse(MOST_TIMES_THE_LEVEL * Math.max(level, 1)) - level + rise * hours;
        if (!(hours > 0) || !(room > LEAST_GAIN)) {
            return Optional.empty();
        }
        return new Search(floor, watched, rise)
                .smallest(room / hours, LEAST_GAIN / hours)
                .map(least -> new SmallestLeak(floor.series(), MARGIN * least, level, floor.limit()))
                .filter(leak -> leak.perHour() <= room / hours);
    }

    /// By least squares.
    private static double risePerHour(List<Sample> samples) {
        double time = 0;
        double value = 0;
        for (Sample sample : samples) {
            time += hours(samples, sample) / samples.size();
            value += sample.value() / samples.size();
        }
        double both = 0;
        double square = 0;
        for (Sample sample : samples) {
            double later = hours(samples, sample) - time;
            both += later * (sample.value() - value);
            square += later * later;
        }
        return square > 0 ? both / square : 0;
    }

    /// How long a leak of this size takes from the level to the limit; empty where no limit is known.
    public Optional<Duration> untilLimit() {
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) (3600 * Math.max(0, limit.getAsDouble() - level) / perHour)));
    }

    /// `a leak of 1.2 MiB an hour or more would have been seen`
    public String sentence() {
        return "a leak of " + amount() + " an hour or more would have been seen";
    }

    /// The same, with what a slower one would come to.
    public String explained() {
        String away = untilLimit()
                .map(time -> " (at that pace the limit of " + Figures.value(series, limit.orElse(0)) + " is reached in "
                        + Figures.duration(time) + ")")
                .orElse("");
        return sentence() + away + "; a slower one might not: soak for longer to see it";
    }

    /// Of an hour.
    public String amount() {
        return Figures.value(series, perHour);
    }

    /// Since the first.
    private static double hours(List<Sample> samples, Sample sample) {
        return Duration.between(samples.getFirst().at(), sample.at()).toNanos() / 3.6e12;
    }

    private record Search(Floor floor, Duration watched, double rise) {
        Optional<Double> smallest(double largest, double least) {
            if (!isCalled(largest)) {
                return Optional.empty();
            }
            double called = largest;
            while (called / 2 > least && isCalled(called / 2)) {
                called /= 2;
            }
            double missed = called / 2;
            for (int i = 0; i < REFINEMENTS; i++) {
                double between = Math.sqrt(missed * called);
                if (isCalled(between)) {
                    called = between;
                } else {
                    missed = between;
                }
            }
            return Optional.of(called);
        }

        private boolean isCalled(double perHour) {
            Detector detector = Detector.of(floor.options());
            Instant from = floor.samples().getFirst().at();
            floor.limit().ifPresent(value -> detector.limit(from, value));
            for (Sample sample : floor.samples()) {
                double more = (perHour - rise) * hours(floor.samples(), sample);
                detector.accept(new Sample(sample.at(), sample.value() + more));
            }
            // What leaks is of some type, which the class histograms would show.
            return OverallVerdict.reconcile(
                            List.of(new Judgement(floor.series(), detector.verdict())),
                            List.of(),
                            false,
                            false,
                            watched)
                    .getFirst()
                    .isLeak();
        }
    }
}
