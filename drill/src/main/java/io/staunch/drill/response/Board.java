package io.staunch.drill.response;

import io.staunch.diagnose.Clue;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Neighbour;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import io.staunch.remedy.PlatformFailed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The board of suspects of one incident: what was seen of the service when its cause was named, with what is
/// known now of everything around it.
final class Board {
    private final OpenIncident incident;
    private final Instant watchingSince;
    private final Known known;
    private List<Suspect> last = List.of();

    /// @param known what was seen of the process that leaked
    Board(OpenIncident incident, Instant watchingSince, Known known) {
        this.incident = incident;
        this.watchingSince = watchingSince;
        this.known = known;
    }

    /// As it stood the last time.
    List<Suspect> last() {
        return last;
    }

    /// Judges it anew and writes it down.
    List<Suspect> judge(Instant now) throws IOException, PlatformFailed, InterruptedException {
        List<Neighbour> beside = new ArrayList<>(incident.surroundings().of(incident.service()));
        beside.addAll(incident.attention().others());
        Observations observations = known.observations()
                .with(
                        ChangeForms.of(incident.releases(), watchingSince, incident.detected(), now, incident.good()),
                        incident.desk().figures().since(known.from()))
                .beside(beside)
                .asOf(now);
        last = SuspectBoard.judge(observations);
        incident.recorder().board(now, last);
        return last;
    }

    /// Somebody acts on a suspect: it is open again until the effect is seen.
    void open(Instant now, String id, String why) {
        Optional<Suspect> suspect =
                last.stream().filter(known -> known.id().equals(id)).findFirst();
        if (suspect.isPresent()) {
            List<Clue> clues = new ArrayList<>(suspect.get().clues());
            clues.add(new Clue(now, Clue.Bearing.NEITHER, "acted-on", "others acted on it: " + why));
            List<Suspect> board = new ArrayList<>(last);
            board.replaceAll(
                    old -> old.id().equals(id) ? new Suspect(id, old.name(), Finding.INCONCLUSIVE, clues) : old);
            last = List.copyOf(board);
            incident.recorder().board(now, last);
        }
    }
}
