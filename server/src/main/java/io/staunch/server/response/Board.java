package io.staunch.server.response;

import io.staunch.diagnose.Clue;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Neighbour;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.diagnose.SuspectBoard;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The board of suspects of one incident: what was seen of the service when its cause was named, with what is
/// known now of everything around it.
final class Board {
    private final OpenIncident incident;
    private final Instant changesFrom;
    private Optional<Known> known;
    private List<Suspect> last;

    private Board(OpenIncident incident, Instant changesFrom, Optional<Known> known, List<Suspect> last) {
        this.incident = incident;
        this.changesFrom = changesFrom;
        this.known = known;
        this.last = last;
    }

    /// A new one.
    ///
    /// @param changesFrom changes before it are not looked at
    /// @param known       what was seen of the process that leaked
    static Board of(OpenIncident incident, Instant changesFrom, Known known) {
        return new Board(incident, changesFrom, Optional.of(known), List.of());
    }

    /// One that was judged before we were started; it stays until a process is known to leak again.
    static Board asItStood(OpenIncident incident, Instant changesFrom, List<Suspect> last) {
        return new Board(incident, changesFrom, Optional.empty(), last);
    }

    /// Goes by what was seen of another process from now on.
    void by(Known other) {
        known = Optional.of(other);
    }

    /// As it stood the last time.
    List<Suspect> last() {
        return last;
    }

    /// Judges it anew and writes it down.
    List<Suspect> judge(Instant now) throws IOException, InterruptedException {
        if (known.isEmpty()) {
            return last;
        }
        Known seen = known.get();
        List<Neighbour> beside = new ArrayList<>(incident.surroundings().of(incident.service()));
        beside.addAll(incident.attention().others());
        Observations observations = seen.observations()
                .with(
                        ChangeForms.of(
                                incident.ledger().asTheyRan(incident.releases()),
                                changesFrom,
                                incident.detected(),
                                now,
                                incident.good()),
                        incident.desk().figures().since(seen.from()))
                .beside(beside)
                .asOf(now);
        last = SuspectBoard.judge(observations);
        incident.recorder().board(now, last);
        return last;
    }

    /// Somebody acts on a suspect: it is open again until the effect is seen.
    void open(Instant now, String id, String why) {
        Optional<Suspect> suspect =
                last.stream().filter(one -> one.id().equals(id)).findFirst();
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
