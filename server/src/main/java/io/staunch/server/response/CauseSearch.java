package io.staunch.server.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Growth;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.IncidentText;
import io.staunch.server.Progress;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Waits until the cause of one incident is found, writes it down with its evidence, and tells it. Not thread-safe.
final class CauseSearch {
    private final OpenIncident incident;
    private final Board board;
    private final InstantSource clock = InstantSource.system();

    CauseSearch(OpenIncident incident, Board board) {
        this.incident = incident;
        this.board = board;
    }

    /// Writes down what the investigation has told since the last time.
    ///
    /// @param rungs takes what was observed
    static void record(OpenIncident incident, List<String> rungs) {
        IncidentRecorder recorder = incident.recorder();
        for (Progress progress : incident.attention().news()) {
            switch (progress) {
                case Progress.EvidenceGathered(var at, var evidence) -> {
                    recorder.note(
                            at, Kind.EVIDENCE, capital(evidence.statement()) + ".", List.of(evidence.source() + "."));
                    rungs.add(capital(evidence.statement()));
                    incident.tell(evidence.statement());
                }
                case Progress.PauseAhead(var at, var what, var predicted) -> {
                    incident.tell(
                            "the target will stand still for about " + predicted.toMillis() + " ms for a " + what);
                }
                case Progress.StepSkipped(var at, var why) ->
                    recorder.note(at, Kind.EVIDENCE, "Left out: " + why + ".", List.of());
                case Progress.VerdictChanged changed -> {
                    // The incident was opened by it.
                }
                case Progress.CulpritNamed named -> {
                    // Told with its evidence once it is whole.
                }
                case Progress.TargetLost lost -> incident.tell(lost.why());
            }
        }
    }

    /// Names the culprit that is known, and the release that brought it.
    void name(Growth growth, Known known) throws IOException, InterruptedException {
        Optional<Culprit> found = known.diagnosis().culprit();
        if (found.isEmpty()) {
            board.judge(clock.instant());
            return;
        }
        Culprit culprit = found.get();
        Attribution attribution =
                Attribution.of(incident.ledger().asTheyRan(incident.releases()), culprit, growth, incident.good());
        Culprit named = attribution
                .release()
                .map(release -> culprit.broughtBy(release.version()))
                .orElse(culprit);
        List<String> evidence = new ArrayList<>(evidence(culprit));
        evidence.addAll(attribution.evidence());
        Instant now = clock.instant();
        incident.cause().is(named, attribution);
        incident.recorder().cause(now, named, attribution.release(), evidence);
        tellCause(named, board.judge(now));
    }

    private List<String> evidence(Culprit culprit) {
        Service.Kind kind = incident.service().kind();
        List<String> evidence = new ArrayList<>();
        String counted = switch (kind) {
            case JVM -> "class histograms";
            case REDIS -> "samples of the keys";
        };
        culprit.lead()
                .ifPresent(lead -> evidence.add("Instances of `" + lead.type() + "` grow by "
                        + Figures.count(lead.instancesPerHour() / 60) + " a minute, counted in " + counted + "."));
        if (!culprit.holder().isEmpty()) {
            String seen = switch (kind) {
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

    private void tellCause(Culprit culprit, List<Suspect> suspects) {
        culprit.lead()
                .ifPresent(lead -> incident.tell("what piles up: " + lead.type() + ", "
                        + Figures.count(lead.instancesPerHour() / 60) + " more a minute"));
        IncidentText.holder(culprit).ifPresent(holder -> incident.tell("who holds it: " + holder));
        if (!culprit.allocatedAt().isEmpty()) {
            incident.tell("where it is allocated: " + culprit.allocatedAt().getFirst());
        }
        culprit.library().ifPresent(purl -> incident.tell("who owns it: " + purl));
        culprit.release().ifPresent(release -> incident.tell("which release brought it: " + release));
        List<Suspect> cleared = suspects.stream()
                .filter(suspect -> suspect.finding() == Finding.CLEARED)
                .toList();
        cleared.stream()
                .filter(CauseSearch::isChange)
                .forEach(suspect ->
                        incident.tell("not " + suspect.name() + ": " + String.join("; ", suspect.evidence())));
        String others = String.join(
                ", ",
                cleared.stream()
                        .filter(suspect -> !isChange(suspect))
                        .map(Suspect::name)
                        .toList());
        if (!others.isEmpty()) {
            incident.tell("and not " + others);
        }
    }

    private static boolean isChange(Suspect suspect) {
        return suspect.id().startsWith("release:")
                || suspect.id().startsWith("library:")
                || suspect.id().startsWith("schema:");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
