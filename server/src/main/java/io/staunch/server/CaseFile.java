package io.staunch.server;

import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.Reading;
import io.staunch.collect.Target;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Advice;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.OverallVerdict;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.server.Inquiry.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is known of one target, and the diagnosis that follows from it. Not thread-safe.
final class CaseFile {
    private static final int MOST_EVIDENCE = 500;

    private final Target target;
    private final Instant from;
    private final SeriesBook book;
    private final Inquiry inquiry;
    private final List<Evidence> evidence = new ArrayList<>();
    private Judged judged = new Judged(List.of(), OverallVerdict.choose(List.of()));
    private Optional<Culprit> culprit = Optional.empty();
    private Optional<String> cutShort = Optional.empty();
    private Optional<String> silent = Optional.empty();
    private boolean saidFull;

    /// @param book what is known of its series already
    CaseFile(Target target, SeriesBook book, Inquiry inquiry) {
        this.target = target;
        this.from = book.from();
        this.book = book;
        this.inquiry = inquiry;
    }

    void accept(List<Reading> readings) {
        book.accept(readings);
        if (book.isFull() && !saidFull) {
            saidFull = true;
            note(new Evidence(
                    readings.getLast().sample().at(),
                    target.label() + ", readings",
                    "It has more than " + SeriesBook.MOST_SERIES + " series; those that came last are not watched."));
        }
    }

    void note(Evidence observation) {
        if (evidence.size() < MOST_EVIDENCE) {
            evidence.add(observation);
        }
    }

    void endedBecause(String why) {
        cutShort = Optional.of(why);
    }

    void name(Culprit named) {
        culprit = Optional.of(named);
    }

    /// The judgement that explains most, by all that is known now.
    Judgement judge(Instant now) {
        judged = inquiry.judge(from, now);
        silent.ifPresent(why -> judged =
                new Judged(judged.judgements(), new Judgement(judged.overall().series(), new Verdict.Unknown(why))));
        return judged.overall();
    }

    /// While nothing new can be read the verdict so far says nothing of now.
    void silentBecause(Optional<String> why) {
        silent = why;
    }

    Judgement overall() {
        return judged.overall();
    }

    SeriesBook book() {
        return book;
    }

    Optional<Culprit> culprit() {
        return culprit;
    }

    /// A culprit is shown only with a verdict that has one.
    private Optional<Culprit> guilty() {
        return switch (overall().verdict()) {
            case Verdict.Leaking _ -> culprit;
            case Verdict.Growing _, Verdict.Steady _, Verdict.Unknown _ -> Optional.empty();
        };
    }

    private Map<Series, List<Sample>> histories() {
        Map<Series, List<Sample>> all = new LinkedHashMap<>(book.histories());
        all.putAll(inquiry.composition());
        return all;
    }

    Outcome outcome(Instant now, Cost cost) {
        List<Judgement> judgements = judged.judgements();
        Observations observations = new Observations(
                new Measured(from, now, histories(), book.limits(), judgements, overall()), inquiry.held(guilty()));
        Diagnosis diagnosis = new Diagnosis(
                now, overall(), judgements, guilty(), SuspectBoard.judge(observations), Advice.of(observations));
        return new Outcome(
                target, from, Duration.between(from, now), diagnosis, observations, evidence, cost, cutShort);
    }
}
