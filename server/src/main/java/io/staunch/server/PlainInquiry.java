package io.staunch.server;

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
        return new Judged(judgements, OverallVerdict.choose(judgements));
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
