package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverallVerdictTest {
    private static final double MIB = 1024 * 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final GrowingType CARTS = new GrowingType("com.shop.Cart", 90_000, 240 * MIB, 1, Instant.EPOCH);
    private static final GrowingType CLASSES = new GrowingType("java.lang.Class", 90_000, 10 * MIB, 1, Instant.EPOCH);

    @Test
    void theLeakThatCostsMostIsTheVerdict() {
        Judgement overall = OverallVerdict.choose(OverallVerdict.reconcile(
                List.of(leak(Series.LIVE_SET, 20 * MIB), leak(Series.DIRECT_BUFFERS, 900 * MIB)),
                List.of(CARTS),
                true,
                false,
                MINUTE));
        assertThat(overall.series()).isEqualTo(Series.DIRECT_BUFFERS);
    }

    @Test
    void metaspaceWithoutMoreClassesIsNoLeak() {
        Verdict verdict = reconcile(leak(Series.METASPACE, MIB), steady(Series.CLASSES));
        assertThat(verdict).isInstanceOf(Growing.class);
    }

    @Test
    void metaspaceWithClassesThatPileUpToTheEndIsALeak() {
        assertThat(metaspace(List.of(CLASSES), true, MINUTE)).isInstanceOf(Leaking.class);
    }

    @Test
    void metaspaceWhoseClassesDoNotPileUpToTheEndIsWarmUp() {
        assertThat(metaspace(List.of(CARTS), true, MINUTE)).isInstanceOf(Growing.class);
    }

    @Test
    void metaspaceThatNoHistogramBearsOutYetIsUnknown() {
        assertThat(metaspace(List.of(), false, MINUTE)).isInstanceOf(Unknown.class);
    }

    @Test
    void metaspaceThatGrewForLongIsALeakWithoutHistograms() {
        assertThat(metaspace(List.of(), false, MINUTE.multipliedBy(15))).isInstanceOf(Leaking.class);
    }

    private static Verdict metaspace(List<GrowingType> growing, boolean typesSeen, Duration watched) {
        List<Judgement> judgements = List.of(leak(Series.METASPACE, 900 * MIB), leak(Series.CLASSES, 90_000));
        return OverallVerdict.reconcile(judgements, growing, typesSeen, false, watched)
                .getFirst()
                .verdict();
    }

    @Test
    void threadsThatPileUpOnTheHeapTooAreALeak() {
        GrowingType workers = new GrowingType("com.shop.Worker", 8_000, MIB, 1, Instant.EPOCH);
        assertThat(threads(workers, MINUTE)).isInstanceOf(Leaking.class);
    }

    @Test
    void threadsOfAPoolThatFillsAreNoLeak() {
        GrowingType workers = new GrowingType("com.shop.Worker", 8_000, MIB, 1, Instant.EPOCH);
        assertThat(threads(workers, Duration.ofSeconds(20))).isInstanceOf(Unknown.class);
        assertThat(threads(CARTS, MINUTE)).isInstanceOf(Growing.class);
    }

    private static Verdict threads(GrowingType type, Duration watched) {
        return OverallVerdict.reconcile(List.of(leak(Series.THREADS, 9_000)), List.of(type), true, false, watched)
                .getFirst()
                .verdict();
    }

    @Test
    void residentMemoryThatRisesForAMinuteIsNoLeak() {
        assertThat(reconcile(leak(Series.RSS_BEYOND_HEAP, 900 * MIB))).isInstanceOf(Unknown.class);
    }

    @Test
    void nativeMemoryThatGrowsFastIsALeakWithinAMinute() {
        assertThat(reconcile(leak(Series.NATIVE_MEMORY, 900 * MIB))).isInstanceOf(Leaking.class);
    }

    @Test
    void aLittleNativeMemoryIsNoLeakWithinAMinute() {
        assertThat(reconcile(leak(Series.NATIVE_MEMORY, 120 * MIB))).isInstanceOf(Unknown.class);
    }

    @Test
    void nativeMemoryThatThreadsTakeIsNotALeakOfItsOwn() {
        assertThat(reconcile(leak(Series.NATIVE_MEMORY, 900 * MIB), leak(Series.THREADS, 9_000)))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void aLiveSetThatGrowsWithoutAGrowingTypeIsNoLeak() {
        Judgement live = OverallVerdict.reconcile(
                        List.of(leak(Series.LIVE_SET, 90 * MIB)), List.of(), true, false, MINUTE)
                .getFirst();
        assertThat(live.verdict()).isInstanceOf(Unknown.class);
    }

    @Test
    void whatSoftReferencesHoldIsBounded() {
        Judgement live = OverallVerdict.reconcile(
                        List.of(leak(Series.LIVE_SET, 90 * MIB)), List.of(CARTS), true, true, MINUTE)
                .getFirst();
        assertThat(live.verdict()).isInstanceOf(Growing.class);
    }

    @Test
    void anOwnTypeThatGrowsEvenlyIsALeakUnderANoisyLiveSet() {
        Judgement live = OverallVerdict.reconcile(
                        List.of(new Judgement(Series.LIVE_SET, new Unknown("noisy"))),
                        List.of(CARTS),
                        true,
                        false,
                        MINUTE)
                .getFirst();
        assertThat(live.verdict()).isInstanceOf(Leaking.class);
    }

    @Test
    void anOwnTypeThatGrowsEvenlyToTheEndIsALeakThoughTheLiveSetSeemsToSlacken() {
        GrowingType slackening = new GrowingType("com.shop.Cart", 90_000, 240 * MIB, 0.7, Instant.EPOCH);
        assertThat(slackened(Explanation.BOUNDED, CARTS)).isInstanceOf(Leaking.class);
        assertThat(slackened(Explanation.WARMING_UP, CARTS)).isInstanceOf(Leaking.class);
        assertThat(slackened(Explanation.FOLLOWS_LOAD, CARTS)).isInstanceOf(Growing.class);
        assertThat(slackened(Explanation.BOUNDED, slackening)).isInstanceOf(Growing.class);
    }

    @Test
    void whatComesWithAnOwnTypeCountsToo() {
        GrowingType retries = new GrowingType("org.db.Retry", 54_000, 0.9 * MIB, 1, Instant.EPOCH);
        GrowingType delays = new GrowingType("long[]", 54_500, 60 * MIB, 1, Instant.EPOCH);
        GrowingType strings = new GrowingType("java.lang.String", 40_000, 60 * MIB, 1, Instant.EPOCH);
        assertThat(quiet(retries)).isInstanceOf(Steady.class);
        assertThat(quiet(retries, strings)).isInstanceOf(Steady.class);
        assertThat(quiet(retries, delays, strings)).isInstanceOf(Steady.class);

        GrowingType larger = new GrowingType("org.db.Retry", 54_000, 2 * MIB, 1, Instant.EPOCH);
        assertThat(quiet(larger, delays, strings))
                .isInstanceOfSatisfying(
                        Leaking.class, leak -> assertThat(leak.rate().perHour()).isEqualTo(62 * MIB));
    }

    @Test
    void typesOfThePlatformThatKeepStepWithTheEntriesOfACollectionAreALeak() {
        GrowingType nodes = new GrowingType("java.util.LinkedList$Node", 90_000, 2 * MIB, 0.95, Instant.EPOCH);
        GrowingType strings = new GrowingType("java.lang.String", 91_000, 2 * MIB, 0.95, Instant.EPOCH);
        GrowingType bytes = new GrowingType("byte[]", 92_000, 40 * MIB, 0.95, Instant.EPOCH);
        GrowingType few = new GrowingType("byte[]", 92_000, MIB, 0.95, Instant.EPOCH);
        GrowingType others = new GrowingType("byte[]", 300_000, 40 * MIB, 0.95, Instant.EPOCH);
        GrowingType filled = new GrowingType("byte[]", 92_000, 40 * MIB, 0.6, Instant.EPOCH);
        assertThat(quiet(strings, nodes, bytes)).isInstanceOf(Leaking.class);
        assertThat(quiet(strings, bytes)).isInstanceOf(Steady.class);
        assertThat(quiet(strings, nodes, few)).isInstanceOf(Steady.class);
        assertThat(quiet(strings, nodes, others)).isInstanceOf(Steady.class);
        assertThat(quiet(strings, nodes, filled)).isInstanceOf(Steady.class);
    }

    private static Verdict quiet(GrowingType... types) {
        return OverallVerdict.reconcile(
                        List.of(new Judgement(Series.LIVE_SET, new Steady("hardly changed"))),
                        List.of(types),
                        true,
                        false,
                        MINUTE)
                .getFirst()
                .verdict();
    }

    private static Verdict slackened(Explanation explanation, GrowingType type) {
        Growing growing = new Growing(new Rate(MIB, 0, 2 * MIB), explanation, "grew");
        return OverallVerdict.reconcile(
                        List.of(new Judgement(Series.LIVE_SET, growing)), List.of(type), true, false, MINUTE)
                .getFirst()
                .verdict();
    }

    @Test
    void theUnmeasurableIsUnknown() {
        assertThat(OverallVerdict.choose(List.of()).verdict()).isInstanceOf(Unknown.class);
    }

    private static Verdict reconcile(Judgement... judgements) {
        return OverallVerdict.reconcile(List.of(judgements), List.of(), true, false, MINUTE)
                .getFirst()
                .verdict();
    }

    private static Judgement leak(Series series, double perHour) {
        return new Judgement(
                series,
                new Leaking(
                        new Rate(perHour, 0.9 * perHour, 1.1 * perHour),
                        Instant.EPOCH,
                        Optional.empty(),
                        0.999,
                        "grows"));
    }

    private static Judgement steady(Series series) {
        return new Judgement(series, new Steady("level"));
    }
}
