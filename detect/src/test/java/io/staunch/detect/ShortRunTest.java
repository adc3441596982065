package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// A minute or so of live sets, counted a few seconds apart: what `staunch check` has to judge by. The oracle is
/// the process that drew the samples.
class ShortRunTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MIB = 1 << 20;
    private static final int RUNS = 400;

    @Test
    void recordedLeaksAreCalledLeaksAndRecordedControlsAreNot() throws IOException {
        List<String> wrong = new ArrayList<>();
        int leaks = 0;
        for (String line : lines()) {
            String[] part = line.split(" ", -1);
            Detector detector = Detector.of(DetectorOptions.exact());
            for (int i = 2; i < part.length; i++) {
                String[] pair = part[i].split("s:", -1);
                detector.accept(sample(Double.parseDouble(pair[0]), Double.parseDouble(pair[1]) * 1024));
            }
            Verdict verdict = detector.verdict();
            boolean leak = part[1].equals("leak");
            leaks += leak && verdict instanceof Verdict.Leaking ? 1 : 0;
            boolean bad = leak ? verdict instanceof Verdict.Growing : verdict instanceof Verdict.Leaking;
            if (bad) {
                wrong.add(line + " -> " + verdict);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(leaks).isGreaterThanOrEqualTo(9);
    }

    @Test
    void steadyGrowthIsALeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 80) * MIB;
                    double perMinute = Math.max(0.3 * MIB, logBetween(r, 0.02, 2) * level);
                    double noise = Math.min(30 * 1024, perMinute / 12);
                    return t -> level + perMinute * t / 60 + noise * (2 * r.nextDouble() - 1);
                }))
                .isGreaterThanOrEqualTo((int) (0.98 * RUNS));
    }

    @Test
    void acceleratingGrowthIsALeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 80) * MIB;
                    double gain = Math.max(0.8 * MIB, logBetween(r, 0.1, 2) * level);
                    double power = between(r, 1.3, 2.5);
                    return t -> level + gain * Math.pow(t / 75, power) + 0.01 * gain * r.nextGaussian();
                }))
                .isGreaterThanOrEqualTo((int) (0.92 * RUNS));
    }

    @Test
    void growthLikeASquareRootIsALeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 0.5, 20) * MIB;
                    double gain = Math.max(1.0 * MIB, logBetween(r, 0.2, 2) * level);
                    return t -> level + gain * Math.sqrt(t / 60) + 0.004 * gain * r.nextGaussian();
                }))
                .isGreaterThanOrEqualTo((int) (0.9 * RUNS));
    }

    @Test
    void growthWithAFewDoublingTablesIsALeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 30) * MIB;
                    double perMinute = between(r, 1, 8) * MIB;
                    double jumpAt = between(r, 10, 60);
                    double jump = between(r, 0.1, 0.5) * perMinute;
                    return t -> level + perMinute * t / 60 + (t > jumpAt ? jump : 0) + 8192 * r.nextGaussian();
                }))
                .isGreaterThanOrEqualTo((int) (0.95 * RUNS));
    }

    @Test
    void growthThatFlattensIsNoLeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 30) * MIB;
                    double gain = between(r, 0.3, 30) * MIB;
                    double fullAt = between(r, 10, 40);
                    return t -> level + gain * Math.min(1, t / fullAt) + 8192 * r.nextGaussian();
                }))
                .isLessThanOrEqualTo((int) (0.01 * RUNS));
    }

    @Test
    void aWarmUpThatSlowsDownIsNoLeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 1, 30) * MIB;
                    double gain = logBetween(r, 0.05, 3) * MIB;
                    double memory = between(r, 3, 15);
                    return t -> level - gain * Math.exp(-t / memory) + 12_000 * r.nextGaussian();
                }))
                .isLessThanOrEqualTo((int) (0.01 * RUNS));
    }

    @Test
    void aSawToothIsNoLeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 30) * MIB;
                    double height = logBetween(r, 0.3, 60) * MIB;
                    double period = between(r, 5, 30);
                    double phase = between(r, 0, period);
                    return t -> level + height * ((t + phase) % period) / period + 20_000 * r.nextGaussian();
                }))
                .isLessThanOrEqualTo((int) (0.02 * RUNS));
    }

    @Test
    void burstsAreNoLeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 30) * MIB;
                    double height = between(r, 0.5, 8) * MIB;
                    double period = between(r, 8, 25);
                    double share = between(r, 0.3, 0.7);
                    double phase = between(r, 0, period);
                    return t ->
                            level + ((t + phase) % period < share * period ? height : 0) + 100_000 * r.nextGaussian();
                }))
                .isLessThanOrEqualTo((int) (0.01 * RUNS));
    }

    @Test
    void noiseWithMemoryIsNoLeak() {
        assertThat(leaks(r -> {
                    double level = between(r, 3, 80) * MIB;
                    double size = between(r, 0.01, 0.1) * level;
                    double keep = between(r, 0, 0.85);
                    double[] state = {0};
                    return t -> {
                        state[0] = keep * state[0] + Math.sqrt(1 - keep * keep) * r.nextGaussian();
                        return level + size * state[0];
                    };
                }))
                .isLessThanOrEqualTo((int) (0.02 * RUNS));
    }

    @Test
    void fewSamplesAreNotEnough() {
        Detector detector = Detector.of(DetectorOptions.exact());
        for (int i = 0; i < 4; i++) {
            detector.accept(sample(i * 4, (5 + i) * MIB));
        }
        assertThat(detector.verdict()).isInstanceOf(Verdict.Unknown.class);
        assertThat(detector.smallestVisibleRatePerHour()).isInfinite();
    }

    @Test
    void classLoadingThatSlackensOverMinutesIsNoLeak() {
        assertThat(leaks(DetectorOptions.loadedBytes(), r -> {
                    double level = between(r, 10, 60) * MIB;
                    double gain = between(r, 0.1, 1) * level;
                    double memory = between(r, 15, 150);
                    return t -> level + gain * -Math.expm1(-t / memory) + 4096 * r.nextDouble();
                }))
                .isLessThanOrEqualTo((int) (0.02 * RUNS));
    }

    @Test
    void proxiesThatAreGeneratedForeverAreALeak() {
        assertThat(leaks(DetectorOptions.loadedBytes(), r -> {
                    double level = between(r, 10, 60) * MIB;
                    double perMinute = between(r, 0.1, 2) * level;
                    return t -> level + perMinute * t / 60 * (1 + 0.02 * r.nextGaussian());
                }))
                .isGreaterThanOrEqualTo((int) (0.95 * RUNS));
    }

    private interface Origin {
        DoubleUnaryOperator draw(Random random);
    }

    private static int leaks(Origin origin) {
        return leaks(DetectorOptions.exact(), origin);
    }

    private static int leaks(DetectorOptions options, Origin origin) {
        int leaks = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed * 7919L + 17);
            DoubleUnaryOperator value = origin.draw(random);
            Detector detector = Detector.of(options);
            double t = between(random, 4, 12);
            int count = 9 + random.nextInt(11);
            double every = between(random, 55, 85) / count;
            for (int i = 0; i < count; i++) {
                detector.accept(sample(t, Math.rint(value.applyAsDouble(t))));
                t += every * between(random, 0.85, 1.15);
            }
            Verdict verdict = detector.verdict();
            leaks += verdict instanceof Verdict.Leaking ? 1 : 0;
        }
        return leaks;
    }

    private static Sample sample(double seconds, double value) {
        return new Sample(START.plusMillis(Math.round(seconds * 1000)), value);
    }

    private static double between(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static double logBetween(Random random, double low, double high) {
        return Math.exp(between(random, Math.log(low), Math.log(high)));
    }

    private static List<String> lines() throws IOException {
        try (var in = ShortRunTest.class.getResourceAsStream("recorded-live-sets.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
