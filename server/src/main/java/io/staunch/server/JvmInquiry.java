package io.staunch.server;

import io.staunch.collect.Histogram;
import io.staunch.collect.JvmEvidence;
import io.staunch.collect.Operation;
import io.staunch.collect.TargetGone;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.GrowingType;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.OverallVerdict;
import io.staunch.diagnose.TypeHistories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A JVM that can be asked for more than readings: class histograms at once or on suspicion, allocation samples beside
/// them, a heap dump once a leak is likely, if allowed.
final class JvmInquiry implements Inquiry {
    /// A JVM takes a while to give back what a recording or a first full collection took outside its heap.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final JvmEvidence probe;
    private final Supplier<InvestigationOptions> options;
    private final SeriesBook book;
    private final Told told;
    private final Instant samplesFrom;
    private final HistogramShelf shelf;
    private final Ladder ladder;
    private final Hunt hunt;
    private List<GrowingType> growing = List.of();
    private Map<String, String> owners = Map.of();
    private Map<Series, List<Sample>> composition = Map.of();
    private boolean softlyHeld;
    private boolean suspected;
    private boolean outsideGrows;

    /// @param samplesFrom when the target has warmed up, so that allocation samples mean something
    /// @param gap         the time between two histograms, unless their pauses ask for more
    JvmInquiry(
            JvmEvidence probe,
            Supplier<InvestigationOptions> options,
            SeriesBook book,
            Instant now,
            Instant samplesFrom,
            Duration gap,
            Told told) {
        this.probe = probe;
        this.options = options;
        this.book = book;
        this.told = told;
        this.samplesFrom = samplesFrom;
        this.shelf = new HistogramShelf(options.get().pauseShare(), gap);
        this.ladder = new Ladder(options.get().climb(), now);
        this.hunt = new Hunt(probe, told);
    }

    @Override
    public void ask(Instant now) {
        ladder.ask(now, shelf.taken());
    }

    @Override
    public boolean isCalm() {
        return ladder.isCalm();
    }

    @Override
    public boolean climb(Instant now) throws TargetGone, InterruptedException {
        Optional<Instant> first = ladder.firstHistogram();
        if (first.isEmpty()) {
            return false;
        }
        if (outsideGrows) {
            takeNoPart(now);
        }
        hunt.startSamples();
        shelf.allow(options.get().pauseShare());
        boolean due = !now.isBefore(shelf.due(first.get()));
        if (due) {
            takeHistogram();
        }
        if (!now.isBefore(samplesFrom)) {
            hunt.restartSamples();
        }
        return due;
    }

    /// A recording takes memory outside the heap, with many short-lived threads the more of it: whether the growth is
    /// the target's own shows without one.
    private void takeNoPart(Instant now) {
        if (hunt.endSamples()) {
            book.judgeOutsideFrom(now.plus(SETTLING));
            told.observed(
                    "resident memory",
                    "it grows outside the heap: the allocation samples are ended, to see whether it goes on without");
        }
    }

    private void takeHistogram() throws TargetGone, InterruptedException {
        Duration predicted = probe.predictedPause(Operation.HISTOGRAM_LIVE);
        told.pauseAhead(Operation.HISTOGRAM_LIVE, predicted);
        Histogram histogram = probe.histogram(true);
        if (shelf.taken() == 0) {
            book.judgeOutsideFrom(histogram.at().plus(SETTLING));
        }
        shelf.add(histogram, predicted);
        book.acceptExactLiveSet(TypeHistories.liveSet(histogram, probe.collector()));
        composition = Composition.of(shelf.all(), hunt.owners(Composition.worthAsking(shelf.all())));
    }

    @Override
    public Judged judge(Instant from, Instant now) {
        growing = TypeHistories.growing(shelf.all());
        List<Judgement> alone = book.judgements();
        suspected = book.isSuspicious()
                || alone.stream()
                        .anyMatch(judgement -> judgement.series().equals(Series.METASPACE) && judgement.isLeak());
        List<Judgement> judgements =
                OverallVerdict.reconcile(alone, growing, canName(), softlyHeld, Duration.between(from, now));
        outsideGrows = judgements.stream()
                .anyMatch(judgement -> judgement.isLeak() && SeriesBook.OUTSIDE.contains(judgement.series()));
        return new Judged(judgements, notBeforeTheHeap(OverallVerdict.choose(judgements)));
    }

    /// What is said of metaspace or threads speaks for the whole only if the heap gives no reason to doubt: before its
    /// first collection nothing is known of what it keeps.
    private Judgement notBeforeTheHeap(Judgement chosen) {
        boolean doubtful = book.isSuspicious() && !chosen.isLeak() && !SeriesBook.isOfTheHeap(chosen.series());
        return doubtful
                ? new Judgement(
                        Series.HEAP_USED,
                        new Verdict.Unknown("the heap in use rises, and what of it stays is not known yet"))
                : chosen;
    }

    @Override
    public void weigh(Instant now, Judgement overall) {
        if (ladder.suspicion(now, overall.isLeak() || suspected, shelf.taken())) {
            told.observed("readings", "the heap looks as if it might leak: class histograms follow");
        }
        boolean flat = ladder.climbed().filter(book::isFlatSince).isPresent();
        if (ladder.standDown(now, shelf.taken(), flat, overall.isLeak())) {
            told.observed("class histograms", "nothing grows steadily: no more histograms for now");
        }
    }

    @Override
    public boolean canName() {
        return TypeHistories.areEnough(shelf.all());
    }

    @Override
    public Optional<Culprit> name(Judgement overall) throws TargetGone, InterruptedException {
        Series series = overall.series();
        Duration watched = shelf.span();
        hunt.readSamples();
        hunt.lookCloser(series);
        if (options.get().dump() && !hunt.hasDumped()) {
            hunt.dump(options.get().dumpDirectory(), series, growing, watched);
        }
        Culprit culprit = hunt.culprit(series, growing, watched);
        softlyHeld = hunt.heldSoftly(series, growing, watched);
        owners = Map.copyOf(hunt.owners(culprit));
        return Optional.of(culprit);
    }

    @Override
    public Held held(Optional<Culprit> culprit) {
        return new Held(
                canName(), growing.stream().map(GrowingType::accumulation).toList(), owners, softlyHeld, culprit);
    }

    @Override
    public Map<Series, List<Sample>> composition() {
        return composition;
    }

    @Override
    public void close() {
        hunt.close();
    }
}
