package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:03.400Z");

    @Test
    void howeverLongTheSeriesThereAreFewPointsAndTheLastIsTheLatest() {
        for (int length : new int[] {2, 31, 32, 33, 700, 40_000}) {
            for (int every : new int[] {1, 5, 60, 3_600, 400_000}) {
                List<Sample> samples = rising(length, every);
                List<List<Number>> points = Sparkline.of(samples);
                assertThat(points).hasSizeBetween(2, Sparkline.MOST_POINTS);
                assertThat(points.getLast().getLast().doubleValue())
                        .isEqualTo(samples.getLast().value());
            }
        }
    }

    @Test
    void whatWasDrawnStaysAsItWasWhenTheSeriesGoesOn() {
        List<Sample> samples = rising(300, 5);
        List<List<Number>> before = Sparkline.of(samples.subList(0, 290));
        List<List<Number>> after = Sparkline.of(samples);
        assertThat(after.subList(0, before.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
        assertThat(after.size()).isBetween(before.size(), before.size() + 2);
    }

    @Test
    void valuesHaveFourDigits() {
        assertThat(Sparkline.of(List.of(new Sample(BEGIN, 157_286_411.0), new Sample(BEGIN.plusSeconds(1), 0.12345))))
                .containsExactly(
                        List.of(BEGIN.getEpochSecond(), 157_300_000L), List.of(BEGIN.getEpochSecond() + 1, 0.12345));
    }

    @Test
    void aStretchWithoutSamplesHasNoPoint() {
        Random random = new Random(7);
        List<Sample> samples = new ArrayList<>();
        Instant at = BEGIN;
        for (int i = 0; i < 50; i++) {
            at = at.plusSeconds(random.nextInt(1, 2_000));
            samples.add(new Sample(at, i + 1));
        }
        List<List<Number>> points = Sparkline.of(samples);
        assertThat(points).hasSizeLessThan(Sparkline.MOST_POINTS);
        assertThat(points)
                .allSatisfy(point -> assertThat(samples)
                        .anyMatch(sample -> sample.value() == point.getLast().doubleValue()));
        assertThat(points)
                .isSortedAccordingTo((a, b) ->
                        Long.compare(a.getFirst().longValue(), b.getFirst().longValue()));
    }

    private static List<Sample> rising(int length, int seconds) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            samples.add(new Sample(BEGIN.plusSeconds((long) i * seconds), i % 1_000));
        }
        return samples;
    }
}
