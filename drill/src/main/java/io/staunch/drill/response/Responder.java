package io.staunch.drill.response;

import io.staunch.collect.Cost;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.drill.response.Attention.Watched;
import io.staunch.drill.response.Narrator.Voice;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.IncidentText;
import io.staunch.incident.WatchingCost;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Releases;
import io.staunch.server.Outcome;
import io.staunch.server.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks after one service: watches whichever process of it runs, opens an incident when it leaks, names the cause,
/// clears the innocent, and goes through remedies until an effect check sees the growth ended or its time is over.
public final class Responder {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Service service;
    private final UserFigures figures;
    private final IncidentStore store;
    private final AuditLog audit;
    private final OnCall onCall;
    private final Settings settings;
    private final Narrator narrator;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> seenGood = new HashSet<>();
    private final List<String> rungs = new ArrayList<>();
    private Instant watchingSince = Instant.MAX;
    private Optional<Watched> attended = Optional.empty();

    public Responder(
            Service service,
            UserFigures figures,
            IncidentStore store,
            AuditLog audit,
            OnCall onCall,
            Settings settings,
            Narrator narrator) {
        this.service = service;
        this.figures = figures;
        this.store = store;
        this.audit = audit;
        this.onCall = onCall;
        this.settings = settings;
        this.narrator = narrator;
    }

    /// Until the incident is closed or the time is over.
    public Response look(Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        watchingSince = clock.instant();
        try (Attention attention = new Attention(service, settings.investigation())) {
            while (clock.instant().isBefore(deadline)) {
                Optional<Called> leak = untilItLeaks(attention, deadline);
                if (leak.isPresent()) {
                    Incident incident = respond(attention, leak.get(), deadline);
                    if (incident.status() != Incident.Status.WITHDRAWN) {
                        return new Response.Handled(incident);
                    }
                }
            }
            return new Response.NothingDetected("no leak was called in " + service.name() + " within "
                    + Figures.duration(Duration.between(watchingSince, clock.instant())));
        }
    }

    /// A verdict and when it was first given.
    private record Called(Instant at, Judgement leak) {}

    /// The first leak whose verdict stood for a while.
    private Optional<Called> untilItLeaks(Attention attention, Instant deadline) throws InterruptedException {
        Optional<Called> called = Optional.empty();
        while (clock.instant().isBefore(deadline)) {
            Optional<Watched> now = attend(attention);
            Optional<Judgement> leak =
                    now.map(watched -> watched.soFar().diagnosis().overall()).filter(Judgement::isLeak);
            if (leak.isEmpty()) {
                called = Optional.empty();
            } else if (called.isEmpty()) {
                called = Optional.of(new Called(clock.instant(), leak.get()));
            } else if (!clock.instant().isBefore(called.get().at().plus(settings.standing()))) {
                return called;
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return Optional.empty();
    }

    /// Looks at the process that runs now; a new one is told, and the release of the one before it is remembered.
    private Optional<Watched> attend(Attention attention) {
        Optional<Watched> now = attention.look();
        if (now.isPresent() && attended.filter(now.get()::equals).isEmpty()) {
            attended.ifPresent(this::remember);
            attention.news();
            tell("watches " + service.name() + " (pid " + now.get().pid() + release(now.get()) + ")");
            attended = now;
        }
        return now;
    }

    /// A release whose process was watched to its end and judged not to leak is good.
    private void remember(Watched ended) {
        Outcome outcome = ended.soFar();
        boolean good = switch (outcome.diagnosis().overall().verdict()) {
            case Verdict.Steady steady -> true;
            case Verdict.Growing growing -> true;
            case Verdict.Leaking leaking -> false;
            case Verdict.Unknown unknown -> false;
        };
        if (good) {
            outcome.target().release().ifPresent(seenGood::add);
        }
    }

    private static String release(Watched watched) {
        return watched.soFar()
                .target()
                .release()
                .map(name -> ", release " + name)
                .orElse("");
    }

    private Incident respond(Attention attention, Called called, Instant deadline)
            throws IOException, PlatformFailed, InterruptedException {
        Instant detected = called.at();
        Judgement leak = called.leak();
        Growth growth = Growth.of(leak.series(), (Verdict.Leaking) leak.verdict());
        long pid = attention.look().map(Watched::pid).orElse(0L);
        IncidentRecorder recorder = IncidentRecorder.open(store, service.name(), "jvm " + pid, detected, growth);
        narrator.tell(detected, Voice.STAUNCH, "LEAK: " + growth.why());
        recorder.changed(changesAround(detected));
        suspectByTime(recorder, attention, detected);
        Outcome known = untilNamed(recorder, attention, detected, deadline);
        Optional<String> taken = takenBack(known, attention, pid);
        if (taken.isPresent()) {
            tell("takes it back: " + taken.get());
            return recorder.withdraw(clock.instant(), taken.get());
        }
        growth = growthOf(known).orElse(growth);
        Releases releases = service.platform().releases(service.name());
        Optional<Culprit> culprit = known.diagnosis().culprit();
        recorder.grew(growth);
        Attribution attribution = culprit.isPresent()
                ? name(recorder, culprit.get(), growth, known, releases)
                : new Attribution(Optional.empty(), List.of("No culprit was found."));
        Remedies remedies = new Remedies(
                service, audit, recorder, onCall, settings, narrator, attention, seenGood, known, attribution);
        boolean recovered = remedies.untilRecovered(deadline);
        finish(recorder, attention, recovered);
        return recorder.close(clock.instant());
    }

    private static Optional<Growth> growthOf(Outcome known) {
        Judgement overall = known.diagnosis().overall();
        return overall.verdict() instanceof Verdict.Leaking leaking
                ? Optional.of(Growth.of(overall.series(), leaking))
                : Optional.empty();
    }

    /// Lets the investigation climb until what piles up and who holds it are known, or patience ends.
    private Outcome untilNamed(IncidentRecorder recorder, Attention attention, Instant detected, Instant deadline)
            throws IOException, PlatformFailed, InterruptedException {
        Instant end = min(detected.plus(settings.patience()), deadline);
        Optional<Watched> first = attention.look();
        Optional<Watched> now = first;
        while (now.isPresent() && now.equals(first) && clock.instant().isBefore(end)) {
            record(recorder, attention.news());
            if (isWhole(now.get().soFar().diagnosis())) {
                return now.get().soFar();
            }
            Thread.sleep(LOOK_EVERY.toMillis());
            now = attention.look();
        }
        return first.or(() -> attended).orElseThrow().soFar();
    }

    /// Why there is nothing to respond to after all.
    private static Optional<String> takenBack(Outcome known, Attention attention, long pid) {
        Judgement overall = known.diagnosis().overall();
        if (!overall.isLeak()) {
            return Optional.of(overall.verdict().why());
        }
        boolean replaced = attention.look().filter(now -> now.pid() == pid).isEmpty();
        return replaced && !isWhole(known.diagnosis())
                ? Optional.of("the process ended before a cause was found; the one after it is watched anew")
                : Optional.empty();
    }

    private static boolean isWhole(Diagnosis diagnosis) {
        return diagnosis
                .culprit()
                .filter(found -> !found.accumulating().isEmpty()
                        && !found.holder().isEmpty()
                        && found.library().isPresent())
                .isPresent();
    }

    private Attribution name(
            IncidentRecorder recorder, Culprit culprit, Growth growth, Outcome known, Releases releases)
            throws IOException, PlatformFailed, InterruptedException {
        Attribution attribution = Attribution.of(releases, culprit, growth, seenGood);
        Culprit named = attribution
                .release()
                .map(release -> culprit.broughtBy(release.version()))
                .orElse(culprit);
        List<String> evidence = new ArrayList<>();
        culprit.lead()
                .ifPresent(lead -> evidence.add("Instances of `" + lead.type() + "` grow by "
                        + Figures.count(lead.instancesPerHour() / 60) + " a minute, counted in class histograms."));
        if (!culprit.holder().isEmpty()) {
            evidence.add("The heap dump shows who holds them: `" + String.join("` → `", culprit.holder()) + "`.");
        }
        if (!culprit.allocatedAt().isEmpty()) {
            evidence.add("Sampled allocations that stayed alive come from `"
                    + culprit.allocatedAt().getFirst() + "`.");
        }
        evidence.addAll(attribution.evidence());
        recorder.cause(clock.instant(), named, attribution.release(), evidence);
        tellCause(named, board(recorder, known));
        return attribution;
    }

    private void tellCause(Culprit culprit, List<Suspect> board) {
        culprit.lead()
                .ifPresent(lead -> tell("what piles up: " + lead.type() + ", "
                        + Figures.count(lead.instancesPerHour() / 60) + " more a minute"));
        IncidentText.holder(culprit).ifPresent(holder -> tell("who holds it: " + holder));
        if (!culprit.allocatedAt().isEmpty()) {
            tell("where it is allocated: " + culprit.allocatedAt().getFirst());
        }
        culprit.library().ifPresent(purl -> tell("who owns it: " + purl));
        culprit.release().ifPresent(release -> tell("which release brought it: " + release));
        List<Suspect> cleared =
                board.stream().filter(s -> s.finding() == Finding.CLEARED).toList();
        List<Suspect> changes = cleared.stream().filter(Responder::isChange).toList();
        changes.forEach(suspect -> tell("not " + suspect.name() + ": " + String.join("; ", suspect.evidence())));
        String others = String.join(
                ", ",
                cleared.stream()
                        .filter(suspect -> !isChange(suspect))
                        .map(Suspect::name)
                        .toList());
        if (!others.isEmpty()) {
            tell("and not " + others);
        }
    }

    private static boolean isChange(Suspect suspect) {
        return suspect.id().startsWith("release:")
                || suspect.id().startsWith("library:")
                || suspect.id().startsWith("schema:");
    }

    /// Before any type is looked at: what the times alone would make one suspect.
    private void suspectByTime(IncidentRecorder recorder, Attention attention, Instant detected)
            throws IOException, PlatformFailed, InterruptedException {
        Optional<Watched> now = attention.look();
        if (now.isEmpty()) {
            return;
        }
        Outcome outcome = now.get().soFar();
        Observations seen = outcome.observations();
        Observations timesOnly = new Observations(
                        seen.from(),
                        detected,
                        Map.of(),
                        Map.of(),
                        seen.judgements(),
                        seen.overall(),
                        false,
                        List.of(),
                        Map.of(),
                        false,
                        Optional.empty(),
                        List.of())
                .with(ChangeForms.of(service.platform().releases(service.name()), watchingSince, detected), Map.of());
        List<Suspect> board = SuspectBoard.judge(timesOnly).stream()
                .filter(suspect -> suspect.finding() == Finding.INCONCLUSIVE || suspect.finding() == Finding.IMPLICATED)
                .toList();
        recorder.board(detected, board);
        if (!board.isEmpty()) {
            tell("suspects by their times alone: "
                    + String.join(", ", board.stream().map(Suspect::name).toList()));
        }
    }

    private List<Suspect> board(IncidentRecorder recorder, Outcome outcome)
            throws IOException, PlatformFailed, InterruptedException {
        Instant now = clock.instant();
        Observations observations = outcome.observations()
                .with(
                        ChangeForms.of(service.platform().releases(service.name()), watchingSince, now),
                        figures.since(outcome.from()));
        List<Suspect> board = SuspectBoard.judge(observations);
        recorder.board(now, board);
        return board;
    }

    private List<RecordedChange> changesAround(Instant detected) throws PlatformFailed, InterruptedException {
        return service.platform().releases(service.name()).changes().stream()
                .filter(change ->
                        change.at().isAfter(watchingSince) && change.at().isBefore(detected))
                .toList();
    }

    private void record(IncidentRecorder recorder, List<Progress> news) throws IOException {
        for (Progress progress : news) {
            switch (progress) {
                case Progress.EvidenceGathered(var at, var evidence) -> {
                    recorder.note(
                            at, Kind.EVIDENCE, capital(evidence.statement()) + ".", List.of(evidence.source() + "."));
                    rungs.add(capital(evidence.statement()));
                    tell(evidence.statement());
                }
                case Progress.PauseAhead(var at, var what, var predicted) -> {
                    tell("the target will stand still for about " + predicted.toMillis() + " ms for a " + what);
                }
                case Progress.StepSkipped(var at, var why) ->
                    recorder.note(at, Kind.EVIDENCE, "Left out: " + why + ".", List.of());
                case Progress.VerdictChanged changed -> {
                    // The incident was opened by it.
                }
                case Progress.CulpritNamed named -> {
                    // Told with its evidence once it is whole.
                }
                case Progress.TargetLost lost -> tell(lost.why());
            }
        }
    }

    private void finish(IncidentRecorder recorder, Attention attention, boolean recovered) throws IOException {
        Instant now = clock.instant();
        Incident soFar = recorder.soFar();
        Instant quietUntil = soFar.changes().isEmpty()
                ? soFar.began()
                : soFar.changes().getFirst().at();
        Instant cured = soFar.cure().map(attempt -> attempt.at()).orElse(now);
        recorder.impact(figures.impact(quietUntil, soFar.began(), cured, now));
        record(recorder, attention.news());
        rungs.addFirst(Figures.count(attention.histograms()) + " class histograms of live objects");
        Cost cost = attention.cost();
        recorder.cost(new WatchingCost(cost.addedPauseMillis(), cost.targetCpuMillis(), rungs));
        tell(recovered ? "the growth has ended; the incident is closed" : "the incident is closed without recovery");
    }

    private void tell(String sentence) {
        narrator.tell(clock.instant(), Voice.STAUNCH, sentence);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
