package io.staunch.drill;

import io.staunch.incident.StateDirectory;
import io.staunch.remedy.Mode;
import io.staunch.server.response.Narrator;
import io.staunch.server.response.PostmortemFile;
import io.staunch.server.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One incident, run for real.
public final class Drill implements AutoCloseable {
    private final DrillName name;
    private final Pace pace;
    private final StateDirectory state;
    private final Narrator narrator;
    private final Scenario scenario;
    private final Rehearsal rehearsal;

    /// Nothing is started yet.
    ///
    /// @param shopDirectory does not exist yet; the shop's files go there
    /// @param mode          `approve`, where the team decides, or `auto`, where Staunch acts by itself
    /// @param state         where the incident, its postmortem and the audit log are kept
    public Drill(
            DrillName name,
            ShopHome home,
            Path shopDirectory,
            Pace pace,
            Mode mode,
            StateDirectory state,
            Narrator narrator) {
        this.name = name;
        this.pace = pace;
        this.state = state;
        this.narrator = narrator;
        this.scenario = name.scenario(new Shop(home, shopDirectory), pace, narrator);
        this.rehearsal = new Rehearsal(scenario, scenario, mode, state, narrator);
    }

    /// Runs it to its end. Everything that it started is gone when this returns or throws.
    public DrillResult run() throws DrillFailed, InterruptedException {
        Response response = rehearsal.run(pace.longest());
        try {
            return result(response);
        } catch (IOException e) {
            throw new DrillFailed("the postmortem could not be written: " + e.getMessage(), e);
        }
    }

    /// Ends the shop and its load; for a drill that is interrupted.
    @Override
    public void close() {
        rehearsal.close();
    }

    private DrillResult result(Response response) throws IOException {
        Instant from = scenario.leakyDeployed().orElseThrow();
        return switch (response) {
            case Response.NothingDetected(var why) -> {
                narrator.tell(Instant.now(), Narrator.Voice.STAUNCH, why);
                yield new DrillResult(name, from, Optional.empty(), Optional.empty(), false);
            }
            case Response.Handled(var incident) ->
                new DrillResult(
                        name,
                        from,
                        Optional.of(incident),
                        Optional.of(PostmortemFile.write(incident, state)),
                        incident.service().equals(scenario.opening().leaky()));
        };
    }
}
