package io.staunch.drill.response;

import io.staunch.diagnose.Clue;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Neighbour;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.incident.IncidentRecorder;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.Releases;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The board of suspects of one incident: what was seen of the service when its cause was named, with what is
/// known now of everything around it.
final class Board {
    private final Attention attention;
    private final Surroundings surroundings;
    private final Desk desk;
    private final IncidentRecorder recorder;
    private final Instant watchingSince;
    private final Instant detected;
    private final Set<String> good;
    private final Known known;
    private List<Suspect> last = List.of();

    /// @param known    what was seen of the process that leaked
    /// @param good  releases that were watched without a leak, or named good
    Board(
            Attention attention,
            Surroundings surroundings,
            Desk desk,
            IncidentRecorder recorder,
            Instant watchingSince,
            Instant detected,
            Set<String> good,
            Known known) {
        this.attention = attention;
        this.surroundings = surroundings;
        this.desk = desk;
        this.recorder = recorder;
        this.watchingSince = watchingSince;
        this.detected = detected;
        this.good = good;
        this.known = known;
    }

    /// As it stood the last time.
    List<Suspect> last() {
        return last;
    }

    /// Judges it anew and writes it down.
    List<Suspect> judge(Instant now) throws IOException, PlatformFailed, InterruptedException {
        Service service = attention.service();
        Releases releases = service.platform().releases(service.name());
        List<Neighbour> beside = new ArrayList<>(surroundings.of(service));
        beside.addAll(attention.others());
        Observations observations = known.observations()
                .with(
                        ChangeForms.of(releases, watchingSince, detected, now, good),
                        desk.figures().since(known.from()))
                .beside(beside)
                .asOf(now);
        last = SuspectBoard.judge(observations);
        recorder.board(now, last);
        return last;
    }

    /// Somebody acts on a suspect: it is open again until the effect is seen.
    void open(Instant now, String id, String why) throws IOException {
        Optional<Suspect> suspect =
                last.stream().filter(known -> known.id().equals(id)).findFirst();
        if (suspect.isPresent()) {
            List<Clue> clues = new ArrayList<>(suspect.get().clues());
            clues.add(new Clue(now, Clue.Bearing.NEITHER, "acted-on", "others acted on it: " + why));
            List<Suspect> board = new ArrayList<>(last);
            board.replaceAll(
                    old -> old.id().equals(id) ? new Suspect(id, old.name(), Finding.INCONCLUSIVE, clues) : old);
            last = List.copyOf(board);
            recorder.board(now, last);
        }
    }
}
