package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// What a detector for a process that just began makes of an earlier life of the service. The bounded thing
/// is a table of sessions that fills within minutes of a start; every life starts at 0 and is sampled every
/// five seconds.
class SuccessorTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-01T02:00:00Z");
    private static final double FULL = 6000;
    private static final double FILLING_SECONDS = 240;
    private static final int HOUR = 3600;

    @Test
    void withoutAnEarlierLifeFillingLooksLikeALeakUntilItIsFull() {
        Detector detector = Detector.of(DetectorOptions.counts());
        assertThat(secondsToALeak(detector, FIRST, HOUR, SuccessorTest::filling))
                .isBetween(20, 200);
    }

    @Test
    void fillingAsTheLastLifeDidIsNoLeak() {
        assertThat(secondsToALeak(afterALifeThatWasWell(), SECOND, HOUR, SuccessorTest::filling))
                .isEqualTo(-1);
        assertThat(secondsToALeak(afterALifeThatWasWell(), SECOND, HOUR, t -> 1.2 * filling(0.8 * t)))
                .isEqualTo(-1);
    }

    @Test
    void whatGrowsFarFasterThanTheLastLifeDidIsALeakAtOnce() {
        assertThat(secondsToALeak(afterALifeThatWasWell(), SECOND, HOUR, t -> 6 * FULL * t / FILLING_SECONDS))
                .isBetween(20, 120);
    }

    @Test
    void whatGrowsAsBeforeAndNeverEndsIsALeakSoonAfterItLeadsBeyondTheLastLife() {
        assertThat(secondsToALeak(afterALifeThatWasWell(), SECOND, HOUR, t -> FULL * t / FILLING_SECONDS))
                .isBetween((int) FILLING_SECONDS, (int) (2.5 * FILLING_SECONDS));
    }

    @Test
    void aLifeThatWasNotWellExcusesNothing() {
        Detector leaky = Detector.of(DetectorOptions.counts());
        leaky.event(FIRST, Event.RESTART);
        DoubleUnaryOperator leak = t -> FULL * t / FILLING_SECONDS;
        secondsToALeak(leaky, FIRST, HOUR, leak);
        assertThat(secondsToALeak(leaky.successor(SECOND, false), SECOND, HOUR, leak))
                .isBetween(20, 120);
    }

    @Test
    void theEarlierDetectorStaysAsItIs() {
        Detector detector = Detector.of(DetectorOptions.counts());
        secondsToALeak(detector, FIRST, HOUR, SuccessorTest::filling);
        byte[] before = detector.save();
        detector.successor(SECOND, true).accept(new Sample(SECOND, 1));
        assertThat(detector.save()).isEqualTo(before);
    }

    @Test
    void aSuccessorMayRunBesideTheEarlierProcess() {
        Instant beside = FIRST.plusSeconds(HOUR / 2);
        assertThat(secondsToALeak(
                        afterALifeThatWasWell().successor(beside, false), beside, HOUR, SuccessorTest::filling))
                .isEqualTo(-1);
    }

    private static Detector afterALifeThatWasWell() {
        Detector detector = Detector.of(DetectorOptions.counts());
        detector.event(FIRST, Event.RESTART);
        secondsToALeak(detector, FIRST, HOUR, SuccessorTest::filling);
        return detector.successor(SECOND, true);
    }

    private static double filling(double seconds) {
        return FULL * Math.min(1, seconds / FILLING_SECONDS);
    }

    /// Uptime at which the verdict is `Leaking` for the first time; −1 if it never is.
    private static int secondsToALeak(Detector detector, Instant start, int seconds, DoubleUnaryOperator value) {
        Random random = new Random(5);
        int first = -1;
        for (int second = 3; second < seconds; second += 5) {
            double noisy = value.applyAsDouble(second) + 10 * random.nextGaussian();
            detector.accept(new Sample(start.plusSeconds(second), noisy));
            if (first < 0 && detector.verdict() instanceof Verdict.Leaking) {
                first = second;
            }
        }
        return first;
    }
}
