package io.staunch.server.response;

import io.staunch.diagnose.Judgement;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Situation;
import io.staunch.remedy.Situation.Judge;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What the guard rails look at, as it is now for one incident. Not thread-safe.
final class Circumstances {
    private final OpenIncident incident;
    private final Instant searchedBy;
    private final InstantSource clock = InstantSource.system();

    /// @param searchedBy until then the cause may still be found: an act before that destroys evidence
    Circumstances(OpenIncident incident, Instant searchedBy) {
        this.incident = incident;
        this.searchedBy = searchedBy;
    }

    /// @param approved whether a person has agreed; counts only where the mode lets a person agree
    Situation now(Releases releases, boolean approved) throws IOException {
        Mode mode = incident.service().mode();
        Instant now = clock.instant();
        return new Situation(
                now,
                mode == Mode.RECOMMEND && approved ? Mode.APPROVE : mode,
                approved,
                approved ? onTheCause() : onTheCauseIfItIsSeen(),
                incident.good(),
                incident.desk().audit().pastActs(),
                incident.desk().settings().budget(),
                incident.desk().killSwitch().thrown(),
                releases,
                incident.cause().culprit().isPresent() || !now.isBefore(searchedBy),
                incident.surroundings().degrading(incident.service()));
    }

    /// Whether the leak can't be seen now, or nobody can tell.
    boolean isUnsure() {
        return switch (onTheCauseIfItIsSeen()) {
            case Judge.Unsure _, Judge.Down _ -> true;
            case Judge.Implicates _, Judge.NoReleaseImplicated _ -> false;
        };
    }

    private Judge onTheCause() {
        Attribution attribution = incident.cause().attribution();
        return attribution
                .release()
                .<Judge>map(release -> new Judge.Implicates(release.version()))
                .orElseGet(() ->
                        new Judge.NoReleaseImplicated(attribution.evidence().getFirst()));
    }

    /// A person may act on what was found. By itself Staunch acts only while the leak is there to be seen.
    private Judge onTheCauseIfItIsSeen() {
        Optional<Watched> process = incident.attention().look();
        if (process.isEmpty()) {
            return new Judge.Down("no process of " + incident.service().name() + " is seen");
        }
        Judgement overall = process.get().soFar().diagnosis().overall();
        return overall.isLeak()
                ? onTheCause()
                : new Judge.Unsure(overall.verdict().why());
    }
}
