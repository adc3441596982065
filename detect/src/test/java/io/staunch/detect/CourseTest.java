package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is learned of a day and a week where no load series is at hand. The oracle is how the series was drawn.
class CourseTest {
    private static final double DAY = 86_400;
    private static final double LEVEL = 1000;
    private static final int STEP = 600;

    @Test
    void aDayIsKnownAfterFourDaysAndToldAsItIs() {
        Course course =
                learn(new Course(new short[Course.PLACES]), 0, 6, t -> LEVEL + 200 * Math.sin(2 * Math.PI * t / DAY));
        assertThat(course.isKnown(2.9 * DAY)).isFalse();
        assertThat(course.isKnown(4.1 * DAY)).isTrue();
        for (double t = 6 * DAY; t < 7 * DAY; t += 3600) {
            assertThat(course.day(t) - 1)
                    .isBetween(
                            0.2 * Math.sin(2 * Math.PI * t / DAY) - 0.02, 0.2 * Math.sin(2 * Math.PI * t / DAY) + 0.02);
        }
    }

    @Test
    void aLeakBesideTheDayDoesNotChangeWhatTheDayAdds() {
        Course course = learn(
                new Course(new short[Course.PLACES]),
                0,
                8,
                t -> LEVEL + 200 * Math.sin(2 * Math.PI * t / DAY) + 60 * t / DAY);
        double rise = course.day(8.25 * DAY) - course.day(7.75 * DAY);
        double sameTime = course.day(8.1 * DAY) - course.day(7.1 * DAY);
        assertThat(rise).isBetween(0.3, 0.42);
        assertThat(sameTime).isBetween(-1e-9, 1e-9);
    }

    @Test
    void noiseIsNoCourse() {
        Random random = new Random(3);
        Course course = learn(new Course(new short[Course.PLACES]), 0, 20, t -> LEVEL + 50 * random.nextGaussian());
        assertThat(course.isKnown(20 * DAY)).isFalse();
        assertThat(course.day(20.3 * DAY)).isEqualTo(1);
    }

    @Test
    void aWeekendIsToldFromAWorkingDayAfterWeeks() {
        Course course = learn(
                new Course(new short[Course.PLACES]),
                0,
                28,
                t -> LEVEL + 100 * Math.sin(2 * Math.PI * t / DAY) + (t / DAY % 7 >= 5 ? -300 : 0));
        double working = course.week(30.5 * DAY);
        double weekend = course.week(34.0 * DAY);
        assertThat(working - weekend).isBetween(0.15, 0.45);
    }

    @Test
    void aSavedCourseGoesOnAsItWas() {
        Course course =
                learn(new Course(new short[Course.PLACES]), 0, 5, t -> LEVEL + 200 * Math.sin(2 * Math.PI * t / DAY));
        ByteBuffer bytes = ByteBuffer.allocate(Course.BYTES);
        course.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        Course read = new Course(new short[Course.PLACES]);
        read.read(bytes.flip());
        learn(course, 5, 9, t -> LEVEL + 150 * Math.sin(2 * Math.PI * t / DAY));
        learn(read, 5, 9, t -> LEVEL + 150 * Math.sin(2 * Math.PI * t / DAY));
        assertThat(read.day(9.3 * DAY)).isEqualTo(course.day(9.3 * DAY));
    }

    @Test
    void aLeakUnderADailyCycleOfWhichNothingTellsIsFoundWithinDaysOnceTheCycleIsKnown() {
        int found = 0;
        for (int seed = 0; seed < 10; seed++) {
            found += daysToALeak(seed, 60) <= 4 ? 1 : 0;
            assertThat(daysToALeak(seed, 0)).isGreaterThan(9);
        }
        assertThat(found).isGreaterThanOrEqualTo(9);
    }

    /// Days from the onset, after a fortnight that was well, to a call; 10 if there is none.
    private static int daysToALeak(int seed, double leakPerDay) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Random random = new Random(seed);
        Detector detector = Detector.of(DetectorOptions.floor());
        detector.limit(start, 2 * LEVEL);
        double state = 0;
        for (int minute = 0; minute < 24 * 1440; minute += 2) {
            Instant at = start.plus(Duration.ofMinutes(minute));
            if (minute == 14 * 1440) {
                detector.baseline(at);
            }
            state = 0.97 * state + 2 * random.nextGaussian();
            double leak = Math.max(0, minute - 14 * 1440) / 1440.0 * leakPerDay;
            detector.accept(new Sample(at, LEVEL + 250 * Math.sin(2 * Math.PI * minute / 1440) + state + leak));
            if (minute >= 14 * 1440 && detector.isLeaking()) {
                return minute / 1440 - 14;
            }
        }
        return 10;
    }

    private static Course learn(Course course, int from, int days, java.util.function.DoubleUnaryOperator value) {
        for (double t = from * DAY; t < days * DAY; t += STEP) {
            course.learn(t, t, value.applyAsDouble(t));
        }
        return course;
    }
}
