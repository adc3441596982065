package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// How long a growth is watched before it is called a leak. The oracle is how much of the way to the limit it had gone
/// by then.
class PatienceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MINUTES_OF_A_DAY = 1440;

    @Test
    void whereNoLimitIsKnownAGrowthMustBeLargeAgainstTheLevel() {
        double called = dayOfAlarm(Detector.of(DetectorOptions.floor()), 20, day -> 1000 + 60 * day);
        // three quarters of 1000 are gained after twelve and a half days
        assertThat(called).isBetween(6.0, 17.0);
    }

    @Test
    void whoKnowsEarlierLivesCallsItSooner() {
        Detector detector = Detector.of(DetectorOptions.floor());
        dayOfAlarm(detector, 5, _ -> 1000);
        Instant deployed = START.plus(Duration.ofDays(5));
        detector.baseline(deployed);
        double known = dayOfAlarm(detector, 5, 15, day -> 1000 + 60 * (day - 5)) - 5;
        double unknown = dayOfAlarm(Detector.of(DetectorOptions.floor()), 20, day -> 1000 + 60 * day);
        assertThat(known).isBetween(0.5, unknown / 2);
    }

    @Test
    void whereNothingElseIsKnownAGrowthMustStandOutFromTheSwings() {
        Memory memory = new Memory();
        memory.learnUndone(5, 100);
        double withLoad = new Patience(DetectorOptions.floor(), memory, true).swings(5, 3600, false);
        double withNothing = new Patience(DetectorOptions.floor(), memory, false).swings(5, 3600, false);
        double atOnce = new Patience(DetectorOptions.exact(), memory, false).swings(5, 3600, false);
        assertThat(withLoad).isBetween(110.0, 150.0);
        assertThat(withNothing).isGreaterThan(2 * withLoad);
        assertThat(atOnce).isEqualTo(withLoad);
    }

    @Test
    void howeverBriefAndUnknownAGrowthIsItIsCalledWhileThereIsTimeToAct() {
        int called = 0;
        for (int hours = 2; hours <= 6; hours++) {
            double full = hours / 24.0;
            Detector detector = Detector.of(DetectorOptions.floor());
            detector.limit(START, 3000);
            double pace = 2000 / full;
            double at = dayOfAlarm(detector, 1 + full, day -> 1000 + pace * Math.max(0, day - 1));
            assertThat(at).isGreaterThan(1);
            called += at < 1 + 0.97 * full ? 1 : 0;
        }
        assertThat(called).isGreaterThanOrEqualTo(4);
    }

    @Test
    void theFinerTheSamplesTheSoonerThingsAreExpectedToSettle() {
        assertThat(DetectorOptions.settling(Duration.ofMinutes(5))).isEqualTo(Duration.ofDays(1));
        assertThat(DetectorOptions.settling(Duration.ofSeconds(15))).isEqualTo(Duration.ofDays(1));
        assertThat(DetectorOptions.settling(Duration.ofSeconds(5)))
                .isBetween(Duration.ofMinutes(30), Duration.ofHours(2));
        assertThat(DetectorOptions.settling(Duration.ofSeconds(1)))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void aClimbOfHoursBetweenTwoLevelsIsAStepAndALineIsNot() {
        Random random = new Random(3);
        assertThat(kind(i -> Math.clamp((i - 9) / 4, 0, 1), random)).isEqualTo(Shape.Kind.STEP);
        assertThat(kind(i -> i / 22, random)).isEqualTo(Shape.Kind.GOES_ON);
        assertThat(kind(i -> Math.max(0, (i - 11) / 11), random)).isEqualTo(Shape.Kind.GOES_ON);
    }

    @Test
    void whereNothingIsKnownANoisyClimbIsAStepAndALineIsStillNone() {
        int known = 0;
        int unknown = 0;
        int lines = 0;
        for (int seed = 0; seed < 20; seed++) {
            double[] climb = points(i -> Math.clamp((i - 9) / 4, 0, 1), 60, new Random(seed));
            double[] line = points(i -> i / 22, 60, new Random(seed));
            known += kind(climb, Shape.CLEARLY) == Shape.Kind.STEP ? 1 : 0;
            unknown += kind(climb, Judge.STEP_IF_NEW) == Shape.Kind.STEP ? 1 : 0;
            lines += kind(line, Judge.STEP_IF_NEW) == Shape.Kind.STEP ? 1 : 0;
        }
        assertThat(known).isLessThanOrEqualTo(5);
        assertThat(unknown).isGreaterThanOrEqualTo(15);
        assertThat(lines).isLessThanOrEqualTo(2);
    }

    private static Shape.Kind kind(DoubleUnaryOperator course, Random random) {
        return kind(points(course, 3, random), Shape.CLEARLY);
    }

    private static Shape.Kind kind(double[] y, double step) {
        double[] t = new double[y.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = 3600.0 * i;
        }
        return new Shape().of(t, y, t.length, false, step);
    }

    private static double[] points(DoubleUnaryOperator course, double noise, Random random) {
        double[] y = new double[23];
        for (int i = 0; i < y.length; i++) {
            y[i] = 1000 + 300 * course.applyAsDouble(i) + noise * random.nextGaussian();
        }
        return y;
    }

    private static double dayOfAlarm(Detector detector, double days, DoubleUnaryOperator level) {
        return dayOfAlarm(detector, 0, days, level);
    }

    /// The day of the first alarm; infinite if there is none.
    private static double dayOfAlarm(Detector detector, double from, double days, DoubleUnaryOperator level) {
        Random random = new Random(4);
        double first = Double.POSITIVE_INFINITY;
        for (int minute = 0; minute < days * MINUTES_OF_A_DAY; minute++) {
            double day = from + minute / (double) MINUTES_OF_A_DAY;
            long millis = START.toEpochMilli() + Math.round(day * 86_400_000);
            detector.accept(millis, level.applyAsDouble(day) + 5 * random.nextGaussian());
            if (detector.isLeaking()) {
                first = Math.min(first, day);
            }
        }
        return first;
    }
}
