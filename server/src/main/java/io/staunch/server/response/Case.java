package io.staunch.server.response;

import io.staunch.collect.Cost;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.incident.Entry;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.WatchingCost;
import io.staunch.remedy.RecordedChange;
import io.staunch.server.response.Narrator.Voice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One incident from its opening to its end. Used once.
final class Case {
    private final Attention attention;
    private final Surroundings surroundings;
    private final Desk desk;
    private final Ledger ledger;
    private final Set<String> good;
    private final Instant changesFrom;
    private final InstantSource clock = InstantSource.system();
    private final List<String> rungs = new ArrayList<>();

    /// @param good        releases that were watched without a leak, or named good by a person
    /// @param changesFrom changes before it are not looked at
    Case(
            Attention attention,
            Surroundings surroundings,
            Desk desk,
            Ledger ledger,
            Set<String> good,
            Instant changesFrom) {
        this.attention = attention;
        this.surroundings = surroundings;
        this.desk = desk;
        this.ledger = ledger;
        this.good = Set.copyOf(good);
        this.changesFrom = changesFrom;
    }

    /// Opens an incident and looks after it to its end.
    ///
    /// @param early the cause, if it was told before
    Incident respond(Responder.Called called, Watched patient, Optional<EarlyWord.Said> early, Instant deadline)
            throws IOException, InterruptedException {
        OpenIncident incident = open(called, patient, early);
        IncidentRecorder recorder = incident.recorder();
        patient.lookCloser();
        recorder.changed(changesUntil(called.at()));
        suspectByTime(recorder, patient, called.at());
        Known known = untilNamed(incident, patient, deadline);
        Optional<String> taken = takenBack(known, patient);
        if (taken.isPresent()) {
            tell("takes it back: " + taken.get());
            return closed(recorder.withdraw(clock.instant(), taken.get()));
        }
        Growth clearer = growthOf(known)
                .filter(now -> now.series().equals(called.leak().series()))
                .orElseGet(() -> growthOf(called));
        recorder.grew(clearer);
        Board board = Board.of(incident, changesFrom, known);
        CauseSearch search = new CauseSearch(incident, board, early.map(EarlyWord.Said::cause));
        search.name(clearer, known);
        plot(recorder);
        Remedies remedies = remedies(
                incident,
                board,
                search,
                clearer,
                patient.release(),
                Duration.between(clearer.since(), called.stood()),
                clock.instant());
        remedies.replaced(Optional.of(patient));
        return end(incident, remedies, deadline);
    }

    private OpenIncident open(Responder.Called called, Watched patient, Optional<EarlyWord.Said> early)
            throws IOException {
        Growth growth = growthOf(called);
        desk.onDuty().take(desk.store().nextId(service().name(), called.at()));
        IncidentRecorder recorder =
                IncidentRecorder.open(desk.store(), service().name(), patient.label(), called.at(), growth, this::tell);
        OpenIncident incident = incident(recorder, called.at());
        tell("LEAK in " + service().name() + ": " + growth.why());
        recorder.note(
                clock.instant(),
                Entry.Kind.SIGNAL,
                "The incident was opened.",
                List.of("Until then the growth was watched: what only fills looks like a leak until it is full."));
        early.ifPresent(said -> recorder.cause(
                said.at(),
                said.cause().culprit(),
                said.cause().attribution().release(),
                said.cause().evidence()));
        return incident;
    }

    /// Goes on with an incident that was left open.
    Incident resume(Incident open, List<Remedies.Unfinished> unfinished) throws IOException, InterruptedException {
        OpenIncident incident = incident(IncidentRecorder.resume(desk.store(), open, this::tell), open.detected());
        tell("goes on with incident " + open.id() + " of " + open.service() + ", detected " + open.detected());
        open.culprit()
                .ifPresent(culprit -> incident.cause()
                        .is(
                                culprit,
                                new Attribution(
                                        open.brokenBy(), List.of("It was found before Staunch was started anew."))));
        Board board = Board.asItStood(incident, changesFrom, open.suspects());
        CauseSearch search = new CauseSearch(incident, board, Optional.empty());
        boolean acted = !open.attempts().isEmpty() || !unfinished.isEmpty();
        Instant searchedBy =
                acted ? clock.instant() : clock.instant().plus(desk.settings().search());
        Remedies remedies = remedies(
                incident,
                board,
                search,
                open.growth(),
                Optional.empty(),
                Duration.between(open.growth().since(), open.detected()),
                searchedBy);
        remedies.resume(open, unfinished);
        return end(incident, remedies, Instant.MAX);
    }

    private OpenIncident incident(IncidentRecorder recorder, Instant detected) {
        desk.onDuty().recordedBy(recorder);
        return new OpenIncident(attention, surroundings, desk, ledger, recorder, good, new Cause(), detected);
    }

    private Incident end(OpenIncident incident, Remedies remedies, Instant deadline)
            throws IOException, InterruptedException {
        IncidentRecorder recorder = incident.recorder();
        return closed(
                switch (remedies.untilEnded(deadline)) {
                    case Remedies.End.Recovered() -> {
                        finish(incident, "the growth has ended; the incident is closed");
                        yield recorder.close(clock.instant());
                    }
                    case Remedies.End.TimeOver() -> {
                        finish(incident, "the incident is closed without recovery");
                        yield recorder.close(clock.instant());
                    }
                    case Remedies.End.Gone(var why) -> {
                        finish(incident, "the incident is withdrawn: " + why);
                        yield recorder.withdraw(clock.instant(), why);
                    }
                });
    }

    private Incident closed(Incident incident) {
        desk.onDuty().done(incident.id());
        return incident;
    }

    /// @param leakedIn the release of the process that leaked; empty if nobody knows
    /// @param showed     how long the leak took to be called
    /// @param searchedBy until then the cause may still be found
    private Remedies remedies(
            OpenIncident incident,
            Board board,
            CauseSearch search,
            Growth growth,
            Optional<String> leakedIn,
            Duration showed,
            Instant searchedBy) {
        EffectJudge judge = new EffectJudge(service().kind(), growth, leakedIn, showed, incident.cause());
        EffectChecks effects = new EffectChecks(incident, new EffectWatch(attention, desk, judge));
        ForeignActs foreign = new ForeignActs(incident, board, effects);
        return new Remedies(incident, board, search, growth, new Circumstances(incident, searchedBy), effects, foreign);
    }

    private static Growth growthOf(Responder.Called called) {
        return Growth.of(called.leak().series(), (Verdict.Leaking) called.leak().verdict());
    }

    private static Optional<Growth> growthOf(Known known) {
        Judgement overall = known.diagnosis().overall();
        return overall.verdict() instanceof Verdict.Leaking leaking
                ? Optional.of(Growth.of(overall.series(), leaking))
                : Optional.empty();
    }

    /// Lets the investigation climb until what piles up and who holds it are known, or patience ends.
    private Known untilNamed(OpenIncident incident, Watched patient, Instant deadline) throws InterruptedException {
        Instant enough = clock.instant().plus(desk.settings().search());
        Instant end = enough.isBefore(deadline) ? enough : deadline;
        while (clock.instant().isBefore(end) && isAttended(patient)) {
            CauseSearch.record(incident, rungs);
            Known known = patient.soFar();
            if (known.isWhole()) {
                return known;
            }
            Thread.sleep(desk.settings().lookEvery().toMillis());
        }
        return patient.soFar();
    }

    private boolean isAttended(Watched patient) {
        return attention.look().filter(patient::equals).isPresent();
    }

    /// Why there is nothing to respond to after all.
    private Optional<String> takenBack(Known known, Watched patient) {
        Judgement overall = known.diagnosis().overall();
        if (!overall.isLeak()) {
            return Optional.of(overall.verdict().why());
        }
        return !isAttended(patient) && !known.isWhole()
                ? Optional.of("the process ended before a cause was found; the one after it is watched anew")
                : Optional.empty();
    }

    /// Before any type is looked at: what the times alone would make one suspect.
    private void suspectByTime(IncidentRecorder recorder, Watched patient, Instant detected)
            throws InterruptedException {
        Observations seen = patient.soFar().observations();
        Observations timesOnly = new Observations(seen.measured().verdictsAt(detected), Held.UNKNOWN)
                .with(
                        ChangeForms.of(ledger.asTheyRan(ledger.releases()), changesFrom, detected, detected, Set.of()),
                        Map.of());
        List<Suspect> board = SuspectBoard.judge(timesOnly).stream()
                .filter(suspect -> suspect.finding() == Finding.INCONCLUSIVE || suspect.finding() == Finding.IMPLICATED)
                .toList();
        recorder.board(detected, board);
        if (!board.isEmpty()) {
            tell("suspects by their times alone: "
                    + String.join(", ", board.stream().map(Suspect::name).toList()));
        }
    }

    private List<RecordedChange> changesUntil(Instant detected) throws InterruptedException {
        return ledger.releases().changes().stream()
                .filter(change ->
                        change.at().isAfter(changesFrom) && change.at().isBefore(detected))
                .toList();
    }

    /// Keeps the series of the service, and those around it, with the incident.
    private void plot(IncidentRecorder recorder) throws IOException {
        attention.lives().forEach((life, seen) -> recorder.measured(life, seen.histories(), seen.limits()));
        recorder.measured("around it", desk.figures().since(changesFrom), Map.of());
    }

    private void finish(OpenIncident incident, String words) throws IOException {
        IncidentRecorder recorder = incident.recorder();
        Instant now = clock.instant();
        plot(recorder);
        Incident soFar = recorder.soFar();
        Instant quietUntil = soFar.changes().isEmpty()
                ? soFar.began()
                : soFar.changes().getFirst().at();
        Instant cured = soFar.cure().map(attempt -> attempt.at()).orElse(now);
        desk.figures().impact(quietUntil, soFar.began(), cured, now).ifPresent(recorder::impact);
        CauseSearch.record(incident, rungs);
        rungs.addFirst(Figures.count(attention.histograms()) + " class histograms of live objects");
        Cost cost = attention.cost();
        recorder.cost(new WatchingCost(cost.addedPauseMillis(), cost.targetCpuMillis(), rungs));
        tell(words);
    }

    private Service service() {
        return attention.service();
    }

    private void tell(String sentence) {
        desk.narrator().tell(clock.instant(), Voice.STAUNCH, sentence);
    }
}
