package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.collect.Reading;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Judgement;
import io.staunch.server.Archive.Remembered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeriesBookTest {
    private static final Instant START = Instant.EPOCH;
    private static final double MIB = 1 << 20;

    @Test
    void aTargetWithTooManySeriesKeepsThoseThatCameFirstAndSaysSo() {
        SeriesBook book = new SeriesBook(START, true);
        for (int i = 0; i < SeriesBook.MOST_SERIES + 5; i++) {
            assertThat(book.isFull()).isEqualTo(i > SeriesBook.MOST_SERIES);
            book.accept(List.of(new Reading(
                    Series.SESSIONS.of("app-" + i), new Sample(START.plusSeconds(i), i), OptionalDouble.empty())));
        }
        assertThat(book.histories()).hasSize(SeriesBook.MOST_SERIES).containsKey(Series.SESSIONS.of("app-0"));
    }

    @Test
    void countedLiveSetsThatAreAlikeAreFlat() {
        assertThat(counted(200, 200.1, 199.9, 200.1).isFlatSince(START)).isTrue();
    }

    @Test
    void countedLiveSetsThatWouldFillTheHeapWithinTheHourAreNot() {
        assertThat(counted(28, 30, 32, 34).isFlatSince(START)).isFalse();
    }

    @Test
    void twoCountedLiveSetsTellNothing() {
        assertThat(counted(200, 200).isFlatSince(START)).isFalse();
    }

    @Test
    void onlyWhatWasCountedSinceThenMatters() {
        SeriesBook book = counted(28, 60, 90, 90, 90, 90);
        assertThat(book.isFlatSince(START)).isFalse();
        assertThat(book.isFlatSince(START.plusSeconds(10))).isTrue();
    }

    @Test
    void aProcessThatFillsAsItsPredecessorDidIsNoLeakAndOneThatGoesOnIs() {
        SeriesBook first = new SeriesBook(START, false);
        for (int i = 0; i < 720; i++) {
            first.accept(List.of(reading(Series.THREADS, 5L * i, filled(i))));
        }
        Instant start = START.plusSeconds(7_200);
        byte[] book = SeriesBook.successor(first.save(), start).orElseThrow();
        assertThat(leaksWithin(restored(book), 7_200, 120, i -> filled(i))).isFalse();
        assertThat(leaksWithin(restored(book), 7_200, 720, i -> filled(i) + i)).isTrue();
    }

    @Test
    void aLifeThatLeakedTellsNothingOfHowItIsWhenItIsWell() {
        SeriesBook leaky = new SeriesBook(START, false);
        for (int i = 0; i < 720; i++) {
            leaky.accept(List.of(reading(Series.THREADS, 5L * i, 20 + i)));
        }
        assertThat(SeriesBook.successor(leaky.save(), START.plusSeconds(7_200))).isEmpty();
    }

    private static SeriesBook restored(byte[] book) {
        return SeriesBook.restore(new Remembered(book, Map.of()), false);
    }

    private static double filled(int i) {
        return 20 + Math.min(i, 120);
    }

    private static boolean leaksWithin(SeriesBook book, long from, int readings, IntToDoubleFunction value) {
        for (int i = 0; i < readings; i++) {
            book.accept(List.of(reading(Series.THREADS, from + 5L * i, value.applyAsDouble(i))));
            if (book.judgements().stream().anyMatch(Judgement::isLeak)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aHeapThatRisesBetweenCollectionsIsSuspicious() {
        SeriesBook book = new SeriesBook(START, false);
        rise(book);
        assertThat(book.suspicion()).isPresent();
    }

    @Test
    void aHeapThatRisesButIsCleanedToTheSameLevelOftenIsNot() {
        SeriesBook book = new SeriesBook(START, false);
        for (int i = 0; i < 60; i++) {
            book.accept(List.of(reading(Series.LIVE_SET, 5L * i, 200 + i % 2)));
        }
        rise(book);
        assertThat(book.suspicion()).isEmpty();
    }

    /// Five minutes of a heap in use that rises by 1 MiB every five seconds.
    private static void rise(SeriesBook book) {
        for (int i = 0; i < 60; i++) {
            book.accept(List.of(reading(Series.HEAP_USED, 5L * i, 220 + i)));
        }
    }

    @Test
    void nativeMemoryThatOurFirstLooksTookIsNoGrowth() {
        SeriesBook book = new SeriesBook(START, false);
        for (int second = 0; second < 20; second++) {
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, second)));
        }
        assertThat(book.judgements()).noneMatch(judgement -> judgement.series().equals(Series.NATIVE_MEMORY));
    }

    @Test
    void nativeMemoryThatOurRecordingTookIsForgotten() {
        SeriesBook book = new SeriesBook(START, false);
        for (int second = 0; second < 60; second++) {
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, second)));
        }
        assertThat(nativeVerdict(book)).isInstanceOf(Verdict.Leaking.class);
        book.judgeOutsideFrom(START.plusSeconds(64));
        for (int second = 60; second < 120; second++) {
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, 70 + second % 2)));
        }
        assertThat(nativeVerdict(book)).isInstanceOf(Verdict.Steady.class);
    }

    @Test
    void nativeMemoryThatGoesOnWithoutOurRecordingLeaks() {
        SeriesBook book = new SeriesBook(START, false);
        book.judgeOutsideFrom(START.plusSeconds(64));
        for (int second = 0; second < 120; second++) {
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, second)));
        }
        assertThat(nativeVerdict(book)).isInstanceOf(Verdict.Leaking.class);
    }

    @Test
    void whatIsPutInDoubtAndGoesOnIsBelievedAgainThoughItFellOnce() {
        SeriesBook book = new SeriesBook(START, false);
        for (int second = 0; second < 60; second++) {
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, second)));
        }
        book.judgeOutsideFrom(START.plusSeconds(70));
        for (int second = 60; second < 90; second++) {
            double took = second < 66 ? 25 : 10;
            book.accept(List.of(reading(Series.NATIVE_MEMORY, second, took + second)));
        }
        assertThat(nativeVerdict(book)).isInstanceOf(Verdict.Leaking.class);
    }

    private static Verdict nativeVerdict(SeriesBook book) {
        return book.judgements().stream()
                .filter(judgement -> judgement.series().equals(Series.NATIVE_MEMORY))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aBookThatIsRestoredGoesOnAsIfNothingHadHappened() {
        SeriesBook whole = new SeriesBook(START, false);
        SeriesBook first = new SeriesBook(START, false);
        Map<Series, List<Sample>> kept = new HashMap<>();
        byte[] saved = new byte[0];
        for (int i = 0; i < 240; i++) {
            List<Reading> readings = List.of(
                    reading(Series.HEAP_USED, 5L * i, 200 + i), reading(Series.DIRECT_BUFFERS, 5L * i, 50 + i / 2.0));
            whole.accept(readings);
            first.accept(readings);
            readings.forEach(one ->
                    kept.computeIfAbsent(one.series(), _ -> new ArrayList<>()).add(one.sample()));
            if (i % 40 == 0) {
                Sample counted = new Sample(START.plusSeconds(5L * i), (100 + i) * MIB);
                whole.acceptExactLiveSet(counted);
                first.acceptExactLiveSet(counted);
            }
            if (i == 200) {
                saved = first.save();
            }
        }
        SeriesBook next = SeriesBook.restore(new Remembered(saved, kept), false);
        assertThat(next.from()).isEqualTo(START);
        assertThat(next.judgements()).isEqualTo(whole.judgements()).isNotEmpty();
        assertThat(next.suspicion()).isEqualTo(whole.suspicion()).isPresent();
        assertThat(next.histories()).isEqualTo(whole.histories());
        assertThat(next.limits()).isEqualTo(whole.limits());
    }

    @Test
    void bytesOfAnotherFormatAreRefused() {
        assertThatThrownBy(() -> SeriesBook.restore(new Remembered(new byte[] {9, 9}, Map.of()), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected format 1, found 9");
    }

    /// Five seconds apart, of a heap of 512 MiB.
    private static SeriesBook counted(double... mebibytes) {
        SeriesBook book = new SeriesBook(START, false);
        book.accept(List.of(reading(Series.HEAP_USED, 0, 1)));
        for (int i = 0; i < mebibytes.length; i++) {
            book.acceptExactLiveSet(new Sample(START.plusSeconds(5L * i), mebibytes[i] * MIB));
        }
        return book;
    }

    /// Of a heap of 512 MiB.
    private static Reading reading(Series series, long second, double mebibytes) {
        Sample sample = new Sample(START.plusSeconds(second), mebibytes * MIB);
        return new Reading(series, sample, OptionalDouble.of(512 * MIB));
    }
}
