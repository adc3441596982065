package io.staunch.server;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.OverallVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A target that answers nothing but its readings: what piles up in it is not measured.
final class PlainInquiry implements Inquiry {
    private static final Judgement NOT_SEEN = new Judgement(
            Series.LIVE_SET,
            new Verdict.Unknown(
                    "no collection that cleans the old generation was seen, so what stays alive is not known"));

    private final SeriesBook book;

    PlainInquiry(SeriesBook book) {
        this.book = book;
    }

    @Override
    public boolean climb(Instant now) {
        return false;
    }

    @Override
    public Judged judge(Instant from, Instant now) {
        List<Judgement> judgements =
                OverallVerdict.reconcile(book.judgements(), List.of(), false, false, Duration.between(from, now));
        Judgement overall = OverallVerdict.choose(judgements);
        return new Judged(judgements, overall.isLeak() || !misses(judgements) ? overall : NOT_SEEN);
    }

    /// A heap of which only the use is known tells nothing until it was collected.
    private boolean misses(List<Judgement> judgements) {
        return book.knows(Series.HEAP_USED)
                && judgements.stream()
                        .noneMatch(judgement -> judgement.series().equals(Series.LIVE_SET)
                                || judgement.series().equals(Series.LIVE_SET.of("upper bound")));
    }

    @Override
    public void weigh(Instant now, Judgement overall) {
        // There is no more to ask.
    }

    @Override
    public boolean canName() {
        return false;
    }

    @Override
    public Optional<Culprit> name(Judgement overall) {
        return Optional.empty();
    }

    @Override
    public Held held(Optional<Culprit> culprit) {
        return Held.UNKNOWN;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
