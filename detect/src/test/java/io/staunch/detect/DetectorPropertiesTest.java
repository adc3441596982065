package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What must not change a verdict. The series are drawn: a cycle, noise with memory, a restart, a leak or none.
class DetectorPropertiesTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int SERIES = 6;

    /// @param load NaN for none
    private record Point(Instant at, double value, double load, boolean restart) {}

    @Test
    void unitsDoNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            Detector once = feed(points, 1, Duration.ZERO, false);
            for (double unit : List.of(1024.0, 1e6, 1e-6)) {
                Detector inOtherUnits = feed(points, unit, Duration.ZERO, false);
                assertThat(kind(inOtherUnits)).isEqualTo(kind(once));
                if (once.verdict() instanceof Verdict.Leaking a
                        && inOtherUnits.verdict() instanceof Verdict.Leaking b) {
                    double ratio = b.rate().perHour() / a.rate().perHour() / unit;
                    assertThat(ratio).isBetween(0.995, 1.005);
                }
            }
        }
    }

    @Test
    void theUnitOfTheLoadDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            List<Point> points = draw(seed);
            List<Point> perMinute = new ArrayList<>();
            for (Point point : points) {
                perMinute.add(new Point(point.at(), point.value(), 64 * point.load(), point.restart()));
            }
            assertThat(feed(perMinute, 1, Duration.ZERO, false).verdict())
                    .isEqualTo(feed(points, 1, Duration.ZERO, false).verdict());
        }
    }

    /// Only where the detector began is saved otherwise.
    @Test
    void aShiftOfTimeDoesNotMatter() {
        Duration shift = Duration.ofDays(1000).plusHours(7).plusMinutes(13).plusMillis(250);
        for (int seed = 0; seed < SERIES; seed++) {
            for (boolean load : List.of(true, false)) {
                List<Point> points = load ? draw(seed) : withoutLoad(draw(seed));
                Detector now = feed(points, 1, Duration.ZERO, false);
                Detector later = feed(points, 1, shift, false);
                assertThat(later.verdict().why()).isEqualTo(now.verdict().why());
                assertThat(kind(later)).isEqualTo(kind(now));
                assertThat(withoutOrigin(later)).isEqualTo(withoutOrigin(now));
            }
        }
    }

    private static byte[] withoutOrigin(Detector detector) {
        byte[] saved = detector.save();
        return Arrays.copyOfRange(saved, 1 + Long.BYTES + Integer.BYTES, saved.length);
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
    void theOrderOfSeveralValuesOfOneScrapeDoesNotMatter() {
        for (int seed = 0; seed < SERIES; seed++) {
            Random random = new Random(seed);
            Detector sorted = Detector.of(DetectorOptions.floor());
            Detector shuffled = Detector.of(DetectorOptions.floor());
            for (Point point : draw(seed)) {
                List<Consumer<Detector>> scrape = scrape(point);
                scrape.forEach(part -> part.accept(sorted));
                Collections.shuffle(scrape, random);
                scrape.forEach(part -> part.accept(shuffled));
            }
            assertThat(shuffled.save()).isEqualTo(sorted.save());
        }
    }

    private static List<Consumer<Detector>> scrape(Point point) {
        Instant at = point.at();
        List<Consumer<Detector>> parts = new ArrayList<>();
        if (point.restart()) {
            parts.add(detector -> detector.event(at, Event.RESTART));
        }
        parts.add(detector -> detector.limit(at, 2000));
        parts.add(detector -> detector.limit(at, 2100));
        parts.add(detector -> detector.load(new Sample(at, point.load())));
        parts.add(detector -> detector.load(new Sample(at, 0.9 * point.load())));
        parts.add(detector -> detector.accept(new Sample(at, point.value())));
        parts.add(detector -> detector.accept(new Sample(at, 1.1 * point.value())));
        return parts;
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
    @Tag("slow")
    void aSavedStateGoesOnToTheBitAndIsSmall() {
        for (DetectorOptions options : List.of(
                DetectorOptions.floor(),
                DetectorOptions.raw(),
                DetectorOptions.exact(),
                DetectorOptions.loadedBytes(),
                DetectorOptions.counts())) {
            for (int seed = 0; seed < SERIES; seed++) {
                List<Point> points = seed < SERIES / 2 ? draw(seed) : withoutLoad(draw(seed));
                Detector whole = livesThatWereWellAndMore(options, points, Integer.MAX_VALUE);
                Detector saved = livesThatWereWellAndMore(options, points, 777);
                assertThat(saved.save()).isEqualTo(whole.save());
                assertThat(saved.verdict()).isEqualTo(whole.verdict());
                assertThat(whole.save().length).isLessThanOrEqualTo(2048);
            }
        }
    }

    /// Lives of a day and a half that were well, then the same points again.
    ///
    /// @param every after so many points the detector is saved and another goes on
    private static Detector livesThatWereWellAndMore(DetectorOptions options, List<Point> points, int every) {
        Detector detector = Detector.of(options);
        detector.limit(START, 2000);
        for (int life = 0; life < 2; life++) {
            for (int i = 0; i < points.size(); i++) {
                if (i % 1080 == 1079) {
                    detector.event(points.get(i).at().plus(Duration.ofDays(7L * life)), Event.RESTART);
                }
                feed(detector, points.get(i), 1, Duration.ofDays(7L * life), false);
                if (i % every == every - 1) {
                    detector = Detector.restore(options, detector.save());
                }
            }
            detector.baseline(START.plus(Duration.ofDays(7L * life + 6)).plusSeconds(3600));
        }
        return detector;
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
        if (!Double.isNaN(point.load())) {
            detector.load(new Sample(at, point.load()));
        }
        if (!backward) {
            detector.accept(new Sample(at, point.value() * unit));
        }
        if (point.restart() && backward) {
            detector.event(at, Event.RESTART);
        }
    }

    private static List<Point> withoutLoad(List<Point> points) {
        List<Point> without = new ArrayList<>();
        for (Point point : points) {
            without.add(new Point(point.at(), point.value(), Double.NaN, point.restart()));
        }
        return without;
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
