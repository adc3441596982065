package io.staunch.drill.response;

import io.staunch.collect.Cost;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.drill.response.Narrator.Voice;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.IncidentText;
import io.staunch.incident.WatchingCost;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Recovery;
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

/// Looks after one service: watches whichever process of it runs, opens an incident when it leaks, names the
/// cause, clears the innocent, and goes through remedies until an effect check sees the growth ended or its time
/// is over.
final class Responder {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Service service;
    private final Attention attention;
    private final Surroundings surroundings;
    private final Desk desk;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> seenGood = new HashSet<>();
    private final List<String> rungs = new ArrayList<>();
    private Instant watchingSince = Instant.MAX;
    private Optional<Watched> attended = Optional.empty();

    Responder(Attention attention, Surroundings surroundings, Desk desk) {
        this.service = attention.service();
        this.attention = attention;
        this.surroundings = surroundings;
        this.desk = desk;
    }

    /// Until the incident is closed or the time is over. What an earlier one of us left unfinished is settled
    /// first.
    Response look(Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        watchingSince = clock.instant();
        for (AuditLine settled : Recovery.settle(desk.audit(), service.platform(), service.name())) {
            tell("an act was left unfinished (" + settled.act() + " to " + settled.to() + "): " + settled.detail());
        }
        try (attention) {
            while (clock.instant().isBefore(deadline)) {
                Optional<Called> leak = untilItLeaks(deadline);
                if (leak.isPresent()) {
                    Incident incident = respond(leak.get(), deadline);
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
    private Optional<Called> untilItLeaks(Instant deadline) throws InterruptedException {
        Optional<Called> called = Optional.empty();
        while (clock.instant().isBefore(deadline)) {
            Optional<Watched> now = attend();
            Optional<Judgement> leak =
                    now.map(watched -> watched.soFar().diagnosis().overall()).filter(Judgement::isLeak);
            if (leak.isEmpty()) {
                called = Optional.empty();
            } else if (called.isEmpty()) {
                called = Optional.of(new Called(clock.instant(), leak.get()));
            } else if (attention.isPressing(desk.settings().patience())
                    && !clock.instant()
                            .isBefore(called.get().at().plus(desk.settings().standing()))) {
                return called;
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return Optional.empty();
    }

    /// Looks at the process that runs now; a new one is told, and the release of the one before it is remembered.
    private Optional<Watched> attend() {
        Optional<Watched> now = attention.look();
        if (now.isPresent() && attended.filter(now.get()::equals).isEmpty()) {
            attended.ifPresent(this::remember);
            attention.news();
            tell("watches " + service.name() + " (" + now.get().label() + release(now.get()) + ")");
            attended = now;
        }
        return now;
    }

    /// A release whose process was watched to its end and judged not to leak is good.
    private void remember(Watched ended) {
        Known known = ended.soFar();
        Verdict verdict = known.diagnosis().overall().verdict();
        boolean good = switch (verdict) {
            case Verdict.Steady _, Verdict.Growing _ -> true;
            case Verdict.Leaking _, Verdict.Unknown _ -> false;
        };
        Optional<String> release = ended.release();
        if (release.isPresent()) {
            String after =
                    service.name() + " " + release.get() + " was watched for " + Figures.duration(known.watched());
            if (good) {
                seenGood.add(release.get());
                tell(after + " without a leak: " + verdict.why());
            } else if (verdict instanceof Verdict.Unknown) {
                tell(after + ", too briefly to call it good: " + verdict.why());
            }
        }
    }

    /// Releases that were watched without a leak, or named good by a person.
    private Set<String> good() {
        Set<String> good = new HashSet<>(seenGood);
        good.addAll(service.attestedGood());
        return good;
    }

    private static String release(Watched watched) {
        return watched.release().map(name -> ", release " + name).orElse("");
    }

    private Incident respond(Called called, Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        Instant detected = called.at();
        Growth growth = Growth.of(
                called.leak().series(), (Verdict.Leaking) called.leak().verdict());
        Watched patient = attended.orElseThrow();
        IncidentRecorder recorder =
                IncidentRecorder.open(desk.store(), service.name(), patient.label(), detected, growth, this::tell);
        desk.narrator().tell(detected, Voice.STAUNCH, "LEAK in " + service.name() + ": " + growth.why());
        recorder.changed(changesUntil(detected));
        suspectByTime(recorder, patient, detected);
        Known known = untilNamed(recorder, patient, detected, deadline);
        Optional<String> taken = takenBack(known, patient);
        if (taken.isPresent()) {
            tell("takes it back: " + taken.get());
            return recorder.withdraw(clock.instant(), taken.get());
        }
        Growth atFirst = growth;
        growth = growthOf(known)
                .filter(now -> now.series().equals(atFirst.series()))
                .orElse(growth);
        recorder.grew(growth);
        OpenIncident incident = new OpenIncident(attention, surroundings, desk, recorder, good(), detected);
        Board board = new Board(incident, watchingSince, known);
        Attribution attribution = name(incident, board, growth, known);
        plot(recorder);
        boolean recovered =
                remedies(incident, board, attribution, growth, known).untilRecovered(deadline);
        finish(recorder, recovered);
        return recorder.close(clock.instant());
    }

    private Remedies remedies(OpenIncident incident, Board board, Attribution attribution, Growth growth, Known known) {
        Optional<Culprit> culprit = known.diagnosis().culprit();
        EffectWatch effects = new EffectWatch(
                attention, desk, growth, Duration.between(growth.since(), incident.detected()), culprit);
        ForeignActs foreign = new ForeignActs(
                incident, board, effects, culprit.flatMap(Culprit::lead).map(Accumulation::type));
        return new Remedies(incident, culprit, attribution, effects, foreign);
    }

    private static Optional<Growth> growthOf(Known known) {
        Judgement overall = known.diagnosis().overall();
        return overall.verdict() instanceof Verdict.Leaking leaking
                ? Optional.of(Growth.of(overall.series(), leaking))
                : Optional.empty();
    }

    /// Lets the investigation climb until what piles up and who holds it are known, or patience ends.
    private Known untilNamed(IncidentRecorder recorder, Watched patient, Instant detected, Instant deadline)
            throws IOException, InterruptedException {
        Instant end = min(detected.plus(desk.settings().search()), deadline);
        while (clock.instant().isBefore(end) && isAttended(patient)) {
            record(recorder, attention.news());
            Known known = patient.soFar();
            if (known.isWhole()) {
                return known;
            }
            Thread.sleep(LOOK_EVERY.toMillis());
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

    private Attribution name(OpenIncident incident, Board board, Growth growth, Known known)
            throws IOException, PlatformFailed, InterruptedException {
        Optional<Culprit> found = known.diagnosis().culprit();
        if (found.isEmpty()) {
            board.judge(clock.instant());
            return new Attribution(Optional.empty(), List.of("No culprit was found."));
        }
        Culprit culprit = found.get();
        Attribution attribution = Attribution.of(incident.releases(), culprit, growth, incident.good());
        Culprit named = attribution
                .release()
                .map(release -> culprit.broughtBy(release.version()))
                .orElse(culprit);
        List<String> evidence = new ArrayList<>(evidence(culprit));
        evidence.addAll(attribution.evidence());
        incident.recorder().cause(clock.instant(), named, attribution.release(), evidence);
        tellCause(named, board.judge(clock.instant()));
        return attribution;
    }

    private List<String> evidence(Culprit culprit) {
        List<String> evidence = new ArrayList<>();
        String counted = switch (service.kind()) {
            case JVM -> "class histograms";
            case REDIS -> "samples of the keys";
        };
        culprit.lead()
                .ifPresent(lead -> evidence.add("Instances of `" + lead.type() + "` grow by "
                        + Figures.count(lead.instancesPerHour() / 60) + " a minute, counted in " + counted + "."));
        if (!culprit.holder().isEmpty()) {
            String seen = switch (service.kind()) {
                case JVM -> "The heap dump shows who holds them";
                case REDIS -> "What keeps them";
            };
            evidence.add(seen + ": `" + String.join("` → `", culprit.holder()) + "`.");
        }
        if (!culprit.allocatedAt().isEmpty()) {
            evidence.add("Sampled allocations that stayed alive come from `"
                    + culprit.allocatedAt().getFirst() + "`.");
        }
        return evidence;
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
    private void suspectByTime(IncidentRecorder recorder, Watched patient, Instant detected)
            throws IOException, PlatformFailed, InterruptedException {
        Observations seen = patient.soFar().observations();
        Observations timesOnly = new Observations(seen.measured().verdictsAt(detected), Held.UNKNOWN)
                .with(
                        ChangeForms.of(
                                service.platform().releases(service.name()),
                                watchingSince,
                                detected,
                                detected,
                                Set.of()),
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

    private List<RecordedChange> changesUntil(Instant detected) throws PlatformFailed, InterruptedException {
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

    private void plot(IncidentRecorder recorder) throws IOException {
        attention.lives().forEach((life, seen) -> recorder.measured(life, seen.histories(), seen.limits()));
        recorder.measured("load", desk.figures().since(watchingSince), Map.of());
    }

    private void finish(IncidentRecorder recorder, boolean recovered) throws IOException {
        Instant now = clock.instant();
        plot(recorder);
        Incident soFar = recorder.soFar();
        Instant quietUntil = soFar.changes().isEmpty()
                ? soFar.began()
                : soFar.changes().getFirst().at();
        Instant cured = soFar.cure().map(attempt -> attempt.at()).orElse(now);
        recorder.impact(desk.figures().impact(quietUntil, soFar.began(), cured, now));
        record(recorder, attention.news());
        rungs.addFirst(Figures.count(attention.histograms()) + " class histograms of live objects");
        Cost cost = attention.cost();
        recorder.cost(new WatchingCost(cost.addedPauseMillis(), cost.targetCpuMillis(), rungs));
        tell(recovered ? "the growth has ended; the incident is closed" : "the incident is closed without recovery");
    }

    private void tell(String sentence) {
        desk.narrator().tell(clock.instant(), Voice.STAUNCH, sentence);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
