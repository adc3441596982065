package io.staunch.server;

import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.Histogram;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.Reading;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Advice;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.GrowingType;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.OverallVerdict;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.diagnose.TypeHistories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is known of one target, and the diagnosis that follows from it. Not thread-safe.
final class CaseFile {
    private static final int MOST_EVIDENCE = 500;

    private final JvmInfo target;
    private final Instant from;
    private final SeriesBook book;
    private final HistogramShelf shelf;
    private final List<Evidence> evidence = new ArrayList<>();
    private List<Judgement> judgements = List.of();
    private List<GrowingType> growing = List.of();
    private Judgement overall = OverallVerdict.choose(List.of());
    private Optional<Culprit> culprit = Optional.empty();
    private Map<String, String> owners = Map.of();
    private boolean softlyHeld;
    private boolean suspected;
    private Optional<String> cutShort = Optional.empty();

    /// @param book what is known of its series already
    CaseFile(JvmInfo target, HistogramShelf shelf, SeriesBook book) {
        this.target = target;
        this.shelf = shelf;
        this.from = book.from();
        this.book = book;
    }

    void accept(List<Reading> readings) {
        book.accept(readings);
    }

    void accept(Histogram histogram, Duration predictedPause) {
        shelf.add(histogram, predictedPause);
        book.acceptExactLiveSet(TypeHistories.liveSet(histogram, target.collector()));
    }

    void note(Evidence observation) {
        if (evidence.size() < MOST_EVIDENCE) {
            evidence.add(observation);
        }
    }

    void endedBecause(String why) {
        cutShort = Optional.of(why);
    }

    void name(Culprit named, Map<String, String> ownersOfTypes) {
        culprit = Optional.of(named);
        owners = Map.copyOf(ownersOfTypes);
    }

    void heldSoftly(boolean softly) {
        softlyHeld = softly;
    }

    /// The judgement that explains most, by all that is known now.
    Judgement judge(Instant now) {
        List<Histogram> histograms = shelf.all();
        growing = TypeHistories.growing(histograms);
        List<Judgement> alone = book.judgements();
        suspected = book.isSuspicious()
                || alone.stream()
                        .anyMatch(judgement -> judgement.series().equals(Series.METASPACE) && judgement.isLeak());
        judgements = OverallVerdict.reconcile(
                alone, growing, TypeHistories.areEnough(histograms), softlyHeld, Duration.between(from, now));
        overall = OverallVerdict.choose(judgements);
        return overall;
    }

    List<GrowingType> growing() {
        return growing;
    }

    /// Whether enough histograms were taken to tell which types grow.
    boolean knowsTypes() {
        return TypeHistories.areEnough(shelf.all());
    }

    Judgement overall() {
        return overall;
    }

    List<Judgement> judgements() {
        return judgements;
    }

    /// Whether a rung higher is worth its pause.
    boolean isSuspicious() {
        return overall.isLeak() || suspected;
    }

    HistogramShelf shelf() {
        return shelf;
    }

    SeriesBook book() {
        return book;
    }

    Optional<Culprit> culprit() {
        return culprit;
    }

    /// A culprit is shown only with a verdict that has one.
    private Optional<Culprit> guilty() {
        return switch (overall.verdict()) {
            case Verdict.Leaking _ -> culprit;
            case Verdict.Growing _, Verdict.Steady _, Verdict.Unknown _ -> Optional.empty();
        };
    }

    Outcome outcome(Instant now, Cost cost) {
        Observations observations = new Observations(
                new Measured(from, now, book.histories(), book.limits(), judgements, overall),
                new Held(
                        TypeHistories.areEnough(shelf.all()),
                        growing.stream().map(GrowingType::accumulation).toList(),
                        owners,
                        softlyHeld,
                        guilty()));
        Diagnosis diagnosis = new Diagnosis(
                now, overall, judgements, guilty(), SuspectBoard.judge(observations), Advice.of(observations));
        return new Outcome(
                target, from, Duration.between(from, now), diagnosis, observations, evidence, cost, cutShort);
    }
}
