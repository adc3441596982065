package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YouthTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Youth YOUTH = new Youth(START);
    private static final double MIB = 1 << 20;
    private static final Leaking LEAK =
            new Leaking(new Rate(60 * MIB, 50 * MIB, 70 * MIB), START, Optional.empty(), 0.99, "it grows");
    private static final Unknown TOO_FEW = new Unknown("too few samples");

    @Test
    void aLeakIsCalledAfterAMinuteOfLifeAndHalfOneOfCounting() {
        assertThat(YOUTH.isTooSoon(START.plusSeconds(59), Duration.ofSeconds(40)))
                .isTrue();
        assertThat(YOUTH.isTooSoon(START.plusSeconds(90), Duration.ofSeconds(29)))
                .isTrue();
        assertThat(YOUTH.isTooSoon(START.plusSeconds(60), Duration.ofSeconds(30)))
                .isFalse();
    }

    @Test
    void aLeakOfAMomentIsNotCalled() {
        assertThat(Youth.isBrief(START, START.plusSeconds(17))).isTrue();
        assertThat(Youth.isBrief(START, START.plusSeconds(20))).isFalse();
    }

    @Test
    void ofAProcessWhoseBeginningIsNotKnownNothingIsToldInHaste() {
        assertThat(new Youth(Instant.EPOCH).isOn(START)).isFalse();
        assertThat(YOUTH.isOn(START.plusSeconds(100))).isTrue();
        assertThat(YOUTH.isOn(START.plusSeconds(121))).isFalse();
    }

    @Test
    void whatWouldBeALeakGrowsAtThatRateSoFar() {
        Judgement told = YOUTH.tempered(new Judgement(Series.LIVE_SET, LEAK), List.of(), START.plusSeconds(40));
        assertThat(told.verdict()).isInstanceOfSatisfying(Growing.class, growing -> {
            assertThat(growing.rate()).isEqualTo(LEAK.rate());
            assertThat(growing.explanation()).isEqualTo(Explanation.WARMING_UP);
            assertThat(growing.why()).startsWith("it grows; the process began 40 s ago");
        });
    }

    @Test
    void threeCountsThatRiseTellGrowthAndTwoTellNothing() {
        Judgement unknown = new Judgement(Series.LIVE_SET, TOO_FEW);
        Instant now = START.plusSeconds(30);
        assertThat(YOUTH.tempered(unknown, counted(10, 12), now).verdict()).isEqualTo(TOO_FEW);
        assertThat(YOUTH.tempered(unknown, counted(12, 11, 10), now).verdict()).isEqualTo(TOO_FEW);
        assertThat(YOUTH.tempered(unknown, counted(10, 12, 14), now).verdict())
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.rate().perHour()).isEqualTo(4 * MIB * 3600 / 5));
    }

    @Test
    void whatIsKnownStaysAsItIs() {
        for (Judgement known : List.of(
                new Judgement(Series.LIVE_SET, new Steady("it stays")), new Judgement(Series.METASPACE, TOO_FEW))) {
            assertThat(YOUTH.tempered(known, counted(10, 12, 14), START)).isEqualTo(known);
        }
    }

    private static List<Sample> counted(double... mib) {
        return IntStream.range(0, mib.length)
                .mapToObj(i -> new Sample(START.plusMillis(20_000 + i * 2_500L), mib[i] * MIB))
                .toList();
    }
}
