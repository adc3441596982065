package io.staunch.server.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Growth;
import io.staunch.incident.IncidentRecorder;
import io.staunch.server.Progress;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Waits until the cause of one incident is found, writes it down with its evidence, and tells it. Not thread-safe.
final class CauseSearch {
    private final OpenIncident incident;
    private final Board board;
    private final Optional<NamedCause> told;
    private final InstantSource clock = InstantSource.system();

    /// @param told the cause as it was told before the incident was opened
    CauseSearch(OpenIncident incident, Board board, Optional<NamedCause> told) {
        this.incident = incident;
        this.board = board;
        this.told = told;
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
        NamedCause cause = NamedCause.of(
                found.get(),
                incident.service().kind(),
                incident.ledger().asTheyRan(incident.releases()),
                growth,
                incident.good());
        Instant now = clock.instant();
        incident.cause().is(cause.culprit(), cause.attribution());
        incident.recorder().cause(now, cause.culprit(), cause.attribution().release(), cause.evidence());
        if (told.filter(cause::agreesWith).isEmpty()) {
            cause.lines().forEach(incident::tell);
        }
        tellCleared(board.judge(now));
    }

    private void tellCleared(List<Suspect> suspects) {
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
                || suspect.id().startsWith("schema:")
                || suspect.id().startsWith("configuration:");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
