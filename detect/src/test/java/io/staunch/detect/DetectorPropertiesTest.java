package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What must not change a verdict. The series are drawn: a cycle, noise with memory, a restart, a leak or none.
class DetectorPropertiesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int SERIES = 6;

    private record Point(Instant at, double value, double load, boolean restart) {}

    @Test
    void unitsDoNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector once = feed(points, 1, Duration.ZERO, false);
            Detector inOtherUnits = feed(points, 1024, Duration.ZERO, false);
            assertThat(kind(inOtherUnits)).isEqualTo(kind(once));
            if (once.verdict() instanceof Verdict.Leaking a && inOtherUnits.verdict() instanceof Verdict.Leaking b) {
                assertThat(b.rate().perHour() / a.rate().perHour()).isBetween(1023.9, 1024.1);
            }
        }
    }

    @Test
    void aShiftOfTimeDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Verdict verdict = feed(points, 1, Duration.ZERO, false).verdict();
            Verdict later = feed(points, 1, Duration.ofDays(1000), false).verdict();
            assertThat(later.why()).isEqualTo(verdict.why());
            assertThat(later.getClass()).isEqualTo(verdict.getClass());
        }
    }

    @Test
    void theOrderWithinAScrapeDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector forward = feed(points, 1, Duration.ZERO, false);
            Detector backward = feed(points, 1, Duration.ZERO, true);
            assertThat(backward.save()).isEqualTo(forward.save());
        }
    }

    @Test
    void askingInBetweenDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector asked = Detector.of(DetectorOptions.floor());
            asked.limit(START, 2000);
            for (int i = 0; i < points.size(); i++) {
                feed(asked, points.get(i), 1, Duration.ZERO, false);
                if (i % 400 == 399) {
                    assertThat(asked.verdict()).isNotNull();
                    assertThat(asked.smallestVisibleRatePerHour()).isPositive();
                }
            }
            assertThat(asked.save())
                    .isEqualTo(feed(points, 1, Duration.ZERO, false).save());
        }
    }

    @Test
    void aSavedStateGoesOnToTheBitAndIsSmall() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector saved = Detector.of(DetectorOptions.floor());
            saved.limit(START, 2000);
            for (int i = 0; i < points.size(); i++) {
                feed(saved, points.get(i), 1, Duration.ZERO, false);
                if (i % 777 == 0) {
                    saved = Detector.restore(DetectorOptions.floor(), saved.save());
                }
            }
            Detector whole = feed(points, 1, Duration.ZERO, false);
            assertThat(saved.save()).isEqualTo(whole.save());
            assertThat(saved.verdict()).isEqualTo(whole.verdict());
            assertThat(whole.save().length).isLessThanOrEqualTo(2048);
        }
    }

    @Test
    void howABatchIsSplitDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector whole = feed(points, 1, Duration.ZERO, false);
            Detector part = Detector.of(DetectorOptions.floor());
            part.limit(START, 2000);
            Random random = new Random(seed);
            for (int i = 0; i < points.size(); ) {
                int end = Math.min(points.size(), i + 1 + random.nextInt(500));
                for (Point point : points.subList(i, end)) {
                    feed(part, point, 1, Duration.ZERO, false);
                }
                i = end;
                part = Detector.restore(DetectorOptions.floor(), part.save());
            }
            assertThat(part.save()).isEqualTo(whole.save());
            assertThat(part.verdict()).isEqualTo(whole.verdict());
        }
    }

    @Test
    void whoElseUsesTheWorkbenchDoesNotMatter() {
        Workbench bench = new Workbench();
        List<Detector> together = new ArrayList<>();
        for (int seed = 0; seed < SERIES; seed++) {
            together.add(Detector.of(DetectorOptions.floor(), bench));
            together.get(seed).limit(START, 2000);
        }
        List<List<Point>> drawn = new ArrayList<>();
        for (int seed = 0; seed < SERIES; seed++) {
            drawn.add(draw(seed));
        }
        for (int i = 0; i < drawn.getFirst().size(); i++) {
            for (int seed = 0; seed < SERIES; seed++) {
                feed(together.get(seed), drawn.get(seed).get(i), 1, Duration.ZERO, false);
            }
        }
        for (int seed = 0; seed < SERIES; seed++) {
            assertThat(together.get(seed).save())
                    .isEqualTo(feed(drawn.get(seed), 1, Duration.ZERO, false).save());
        }
    }

    @Test
    void millisecondsSayTheSameAsInstants() {
        Detector instants = Detector.of(DetectorOptions.floor());
        Detector milliseconds = Detector.of(DetectorOptions.floor());
        for (Point point : draw(0)) {
            instants.load(new Sample(point.at(), point.load()));
            instants.accept(new Sample(point.at(), point.value()));
            milliseconds.load(point.at().toEpochMilli(), point.load());
            milliseconds.accept(point.at().toEpochMilli(), point.value());
        }
        assertThat(milliseconds.save()).isEqualTo(instants.save());
    }

    @Test
    void samplesThatComeTooLateOrTwiceChangeNothing() {
        for (int seed = 0; seed < SERIES; seed++) {
            Detector tidy = Detector.of(DetectorOptions.floor());
            Detector messy = Detector.of(DetectorOptions.floor());
            for (Point point : draw(seed)) {
                tidy.accept(new Sample(point.at(), point.value()));
                messy.accept(new Sample(point.at(), point.value()));
                messy.accept(new Sample(point.at(), point.value()));
                messy.accept(new Sample(point.at().minusSeconds(60), 0.5 * point.value()));
            }
            assertThat(messy.save()).isEqualTo(tidy.save());
        }
    }

    @Test
    void bothKindsOfVerdictOccur() {
        int leaks = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            leaks += feed(draw(seed), 1, Duration.ZERO, false).isLeaking() ? 1 : 0;
        }
        assertThat(leaks).isBetween(SERIES / 3, SERIES / 2);
    }

    private static String kind(Detector detector) {
        return detector.verdict().getClass().getSimpleName();
    }

    private static Detector feed(List<Point> points, double unit, Duration shift, boolean backward) {
        Detector detector = Detector.of(DetectorOptions.floor());
        detector.limit(START.plus(shift), 2000 * unit);
        for (Point point : points) {
            feed(detector, point, unit, shift, backward);
        }
        return detector;
    }

    private static void feed(Detector detector, Point point, double unit, Duration shift, boolean backward) {
        Instant at = point.at().plus(shift);
        if (point.restart() && !backward) {
            detector.event(at, Event.RESTART);
        }
        if (backward) {
            detector.accept(new Sample(at, point.value() * unit));
        }
        detector.load(new Sample(at, point.load()));
        if (!backward) {
            detector.accept(new Sample(at, point.value() * unit));
        }
        if (point.restart() && backward) {
            detector.event(at, Event.RESTART);
        }
    }

    /// Six days at two minutes; every other one leaks from the second day on.
    private static List<Point> draw(int seed) {
        Random random = new Random(seed * 31L + 5);
        List<Point> points = new ArrayList<>();
        double state = 0;
        for (int i = 0; i < 6 * 720; i++) {
            double minute = 2 * i;
            double load = 100 + 40 * Math.sin(2 * Math.PI * minute / 1440) + random.nextGaussian();
            state = 0.97 * state + 3 * random.nextGaussian();
            double leak = seed % 2 == 0 ? 0.12 * Math.max(0, minute - 1440) : 0;
            double value = 800 + 2 * load + state + leak;
            points.add(new Point(START.plusSeconds(120L * i + random.nextInt(20)), value, load, i == 700));
        }
        return points;
    }
}
