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
/// sample on, is called a leak by the very judge that judged the watch.
///
/// @param perHour in the unit of the series
/// @param level   where the series stood at the end
/// @param limit   the value at which the target fails, if one is known
public record SmallestLeak(Series series, double perHour, double level, OptionalDouble limit) {
    /// Smaller leaks than one that gains this in the whole watch are not looked for.
    private static final double LEAST_GAIN = 1;

    /// Where no limit is known a leak that multiplies the level like this is the largest that is tried.
    private static final double MOST_TIMES_THE_LEVEL = 64;

    /// To within about one percent.
    private static final int REFINEMENTS = 6;

    /// Halves a leak that fills the room until it is no longer called one, then narrows the last half down: so that
    /// every
    /// larger leak that was tried was called one. Some 30 detectors over the samples.
    ///
    /// @param watched for how long
    /// @param leaks   what it grows by an hour already: that is taken away first
    /// @return empty if no leak of any size could have been found
    static Optional<SmallestLeak> of(Floor floor, Duration watched, double leaks) {
        List<Sample> samples = floor.samples();
        if (samples.size() < 2) {
            return Optional.empty();
        }
        double hours = hours(samples.getFirst().at(), samples.getLast().at());
        double level = samples.getLast().value() - leaks * hours;
        double room = floor.limit().orElse(MOST_TIMES_THE_LEVEL * Math.max(level, 1)) - level;
        if (!(hours > 0) || !(room > LEAST_GAIN)) {
            return Optional.empty();
        }
        Search search = new Search(floor, watched, leaks);
        return search.smallest(room / hours, LEAST_GAIN / hours)
                .map(perHour -> new SmallestLeak(
                        floor.series(), perHour, samples.getLast().value(), floor.limit()));
    }

    /// How long a leak of this size takes from the level to the limit; empty where no limit is known.
    public Optional<Duration> untilLimit() {
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) (3600 * Math.max(0, limit.getAsDouble() - level) / perHour)));
    }

    /// `a leak of 1.2 MiB an hour or more would have been seen (the limit of 512 MiB is 12 days away at that pace); …`
    public String sentence() {
        String away = untilLimit()
                .map(time -> " (at that pace the limit of " + Figures.value(series, limit.orElse(0)) + " is reached in "
                        + Figures.duration(time) + ")")
                .orElse("");
        return "a leak of " + amount() + " an hour or more would have been seen" + away
                + "; a slower one might not: soak for longer to see it";
    }

    /// Of an hour.
    public String amount() {
        return Figures.value(series, perHour);
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 3.6e12;
    }

    private record Search(Floor floor, Duration watched, double leaks) {
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
                detector.accept(new Sample(sample.at(), sample.value() + (perHour - leaks) * hours(from, sample.at())));
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
