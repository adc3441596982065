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
    /// A pause that a process that gets going takes for its own collections.
    private static final Duration CHEAP = Duration.ofMillis(60);
    /// Fewer counts tell nothing.
    private static final int FEW = 3;

    private final JvmEvidence probe;
    private final Supplier<InvestigationOptions> options;
    private final SeriesBook book;
    private final Told told;
    private final Instant samplesFrom;
    private final HistogramShelf shelf;
    private final Ladder ladder;
    private final Youth youth;
    private final Hunt hunt;
    private List<GrowingType> growing = List.of();
    private Map<String, String> owners = Map.of();
    private Map<Series, List<Sample>> composition = Map.of();
    private boolean softlyHeld;
    private Optional<Judgement> suspicion = Optional.empty();
    /// The last suspicion that nothing has answered yet.
    private Optional<Judgement> doubt = Optional.empty();
    private Optional<Instant> leakingSince = Optional.empty();
    private boolean classesPileUp;
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
        this.youth = new Youth(probe.target().started());
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
    public boolean isPressed(Instant now) {
        return isYoung(now);
    }

    /// Only of what is watched without end: who asks waits for the last word anyway.
    private boolean isYoung(Instant now) {
        return switch (options.get().climb()) {
            case AT_ONCE -> false;
            case ON_SUSPICION -> youth.isOn(now);
        };
    }

    private boolean isTooSoon(Instant now) {
        return ladder.isHasty()
                && isYoung(now)
                && youth.isTooSoon(now, ladder.climbed().isPresent() ? shelf.span() : Duration.ofDays(1));
    }

    /// Whether a leak may not be told yet: too soon, or of so young a process seen for too short a time.
    private boolean isPremature(Instant now) {
        boolean brief = leakingSince.filter(since -> Youth.isBrief(since, now)).isPresent();
        return isTooSoon(now) || (ladder.isHasty() && isYoung(now) && brief);
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
        // Of what only gets going nobody wants to know where it allocates.
        if (!isTooSoon(now) && hunt.startSamples() && shelf.taken() > 0) {
            book.judgeOutsideFrom(now.plus(SETTLING));
            leakingSince = Optional.empty();
        }
        shelf.allow(options.get().pauseShare());
        boolean due = !now.isBefore(shelf.due(first.get(), isTooSoon(now)));
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
        suspicion = book.suspicion();
        classesPileUp =
                alone.stream().anyMatch(judgement -> judgement.series().equals(Series.METASPACE) && judgement.isLeak());
        List<Judgement> judgements =
                OverallVerdict.reconcile(alone, growing, canName(), softlyHeld, Duration.between(from, now));
        outsideGrows = judgements.stream()
                .anyMatch(judgement -> judgement.isLeak() && SeriesBook.OUTSIDE.contains(judgement.series()));
        boolean leaks = judgements.stream().anyMatch(Judgement::isLeak);
        leakingSince = leaks ? leakingSince.or(() -> Optional.of(now)) : Optional.empty();
        List<Judgement> told = isPremature(now) ? tempered(judgements, now) : judgements;
        Judgement chosen =
                OverallVerdict.choose(told.stream().filter(this::isOfUse).toList());
        return new Judged(told, notBeforeTheHeap(chosen, now));
    }

    private List<Judgement> tempered(List<Judgement> judgements, Instant now) {
        List<Sample> counted = isFlat() ? List.of() : book.counted();
        return judgements.stream()
                .map(judgement -> youth.tempered(judgement, counted, now))
                .toList();
    }

    /// A live set that was counted a few times and then no more, because it was always the same, says nothing.
    private boolean isOfUse(Judgement judgement) {
        boolean unknown = judgement.verdict() instanceof Verdict.Unknown;
        if (!unknown || !judgement.series().equals(Series.LIVE_SET) || book.isCountedEnough()) {
            return true;
        }
        return switch (options.get().climb()) {
            case AT_ONCE -> true;
            case ON_SUSPICION -> ladder.climbed().isPresent() && !isFlat();
        };
    }

    private boolean isFlat() {
        return ladder.climbed().filter(book::isFlatSince).isPresent();
    }

    /// What is said of metaspace or threads speaks for the whole only if the heap gives no reason to doubt: before its
    /// first collection nothing is known of what it keeps. A young process is said to rise until more is known.
    private Judgement notBeforeTheHeap(Judgement chosen, Instant now) {
        boolean young = isYoung(now);
        boolean counting = ladder.climbed().isPresent() && shelf.taken() < FEW;
        doubt = suspicion.or(() -> young && counting ? doubt : Optional.empty());
        boolean says =
                SeriesBook.isOfTheHeap(chosen.series()) && !(young && chosen.verdict() instanceof Verdict.Unknown);
        if (doubt.isEmpty() || chosen.isLeak() || says) {
            return chosen;
        }
        return young
                ? youth.rising(doubt.get(), now)
                : new Judgement(
                        Series.HEAP_USED,
                        new Verdict.Unknown("the heap in use rises, and what of it stays is not known yet"));
    }

    @Override
    public void weigh(Instant now, Judgement overall) {
        boolean looksSo = overall.isLeak() || suspicion.isPresent() || classesPileUp;
        boolean mayHurry =
                isYoung(now) && probe.predictedPause(Operation.HISTOGRAM_LIVE).compareTo(CHEAP) <= 0;
        if (ladder.suspicion(now, looksSo, mayHurry, shelf.taken())) {
            told.observed("readings", "the heap looks as if it might leak: class histograms follow");
        }
        if (ladder.standDown(now, shelf.taken(), isFlat(), overall.isLeak())) {
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
