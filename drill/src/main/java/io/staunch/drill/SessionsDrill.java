package io.staunch.drill;

import io.staunch.drill.response.Narrator;
import io.staunch.drill.response.Responder;
import io.staunch.drill.response.Response;
import io.staunch.drill.response.Service;
import io.staunch.drill.response.Settings;
import io.staunch.heap.Libraries;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.Postmortem;
import io.staunch.incident.StateDirectory;
import io.staunch.incident.Tone;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.Command;
import io.staunch.remedy.Library;
import io.staunch.remedy.Platform;
import io.staunch.remedy.ReleaseDirectories;
import io.staunch.server.InvestigationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The incident `sessions`: a release whose session store never lets expired sessions go. The scenario acts on the
/// shop, the responder looks after it; they meet only at the shop's directory and in the on-call's answers.
public final class SessionsDrill implements AutoCloseable {
    private static final Duration ACT_LIMIT = Duration.ofSeconds(90);
    private static final Duration STANDING = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Shop shop;
    private final Pace pace;
    private final StateDirectory state;
    private final Narrator narrator;

    /// Nothing is started yet.
    ///
    /// @param shopDirectory does not exist yet; the shop's files go there
    /// @param state         where the incident, its postmortem and the audit log are kept
    public SessionsDrill(ShopHome home, Path shopDirectory, Pace pace, StateDirectory state, Narrator narrator) {
        this.shop = new Shop(home, shopDirectory);
        this.pace = pace;
        this.state = state;
        this.narrator = narrator;
    }

    /// Runs it to its end. Everything that it started is gone when this returns or throws.
    public DrillResult run() throws DrillFailed, InterruptedException {
        try (shop;
                AuditLog audit = AuditLog.open(state.auditLog(), InstantSource.system())) {
            SessionsScenario scenario = new SessionsScenario(shop, pace, narrator);
            scenario.open();
            Instant deadline = Instant.now().plus(pace.longest());
            FutureTask<Response> response =
                    inBackground(() -> responder(scenario, audit).look(deadline));
            try {
                scenario.play();
                return result(scenario, response.get());
            } finally {
                response.cancel(true);
            }
        } catch (ExecutionException e) {
            throw new DrillFailed("the responder failed: " + e.getCause(), e);
        } catch (IOException e) {
            throw new DrillFailed("the drill could not keep its record: " + e.getMessage(), e);
        }
    }

    /// Ends the shop and its load; for a drill that is interrupted.
    @Override
    public void close() {
        shop.close();
    }

    private Responder responder(SessionsScenario scenario, AuditLog audit) {
        Settings settings = new Settings(
                InvestigationOptions.asked(true),
                STANDING,
                pace.leastEffect(),
                pace.longestEffect(),
                PATIENCE,
                ACT_LIMIT);
        return new Responder(
                new Service(Shop.SERVICE, shop.serviceHome(), platform()),
                new LoadReport(shop.loadReport()),
                new IncidentStore(state.incidents()),
                audit,
                scenario,
                settings,
                narrator);
    }

    /// The operator's own commands, and where they announce what they did.
    private Platform platform() {
        Libraries libraries = new Libraries();
        return new ReleaseDirectories(
                Shop.SERVICE,
                shop.serviceHome(),
                Optional.of(Command.of(shop.command("deploy", "--service", "{service}", "{release}"))),
                Command.of(shop.command("restart", "--service", "{service}")),
                jar -> libraries.of(jar.toString()).map(found -> new Library(found.purl())),
                new ChangeFile(shop.events()));
    }

    private DrillResult result(SessionsScenario scenario, Response response) throws IOException {
        Instant from = scenario.leakyDeployed().orElseThrow();
        return switch (response) {
            case Response.NothingDetected(var why) -> {
                narrator.tell(Instant.now(), Narrator.Voice.STAUNCH, why);
                yield new DrillResult("sessions", from, Optional.empty(), Optional.empty());
            }
            case Response.Handled(var incident) ->
                new DrillResult("sessions", from, Optional.of(incident), Optional.of(write(incident)));
        };
    }

    private Path write(Incident incident) throws IOException {
        Files.createDirectories(state.postmortems());
        Path file = state.postmortems().resolve(incident.id() + ".md");
        Files.writeString(file, Postmortem.markdown(incident, Tone.PLAIN));
        return file;
    }

    private static FutureTask<Response> inBackground(Callable<Response> work) {
        FutureTask<Response> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("responder").start(task);
        return task;
    }
}
