package io.staunch.drill;

import io.staunch.heap.Libraries;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Budget;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.Command;
import io.staunch.remedy.KillSwitch;
import io.staunch.remedy.Library;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import io.staunch.remedy.ReleaseDirectories;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.response.Desk;
import io.staunch.server.response.GoodReleases;
import io.staunch.server.response.Narrator;
import io.staunch.server.response.OnCall;
import io.staunch.server.response.OnDuty;
import io.staunch.server.response.Patience;
import io.staunch.server.response.Responders;
import io.staunch.server.response.Response;
import io.staunch.server.response.Service;
import io.staunch.server.response.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A scenario that acts on the shop, and responders that look after its services; they meet only at the shop's
/// directory and in the on-call's answers.
final class Rehearsal implements AutoCloseable {
    private static final Duration ACT_LIMIT = Duration.ofSeconds(90);
    private static final Duration STANDING = Duration.ofSeconds(3);
    private static final Duration SEARCH = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    /// The shop announces what it does when it is done.
    private static final Duration ANNOUNCED = Duration.ofMinutes(1);
    private static final double PATIENCE = 0.05;

    private final Scenario scenario;
    private final OnCall onCall;
    private final Mode mode;
    private final StateDirectory state;
    private final Narrator narrator;

    /// Nothing is started yet.
    ///
    /// @param onCall who decides
    /// @param mode   how far Staunch may go for each service
    /// @param state  where incidents, postmortems and the audit log are kept
    Rehearsal(Scenario scenario, OnCall onCall, Mode mode, StateDirectory state, Narrator narrator) {
        this.scenario = scenario;
        this.onCall = onCall;
        this.mode = mode;
        this.state = state;
        this.narrator = narrator;
    }

    /// Runs it to its end, at the longest for so long once the shop is open. Everything that it started is gone
    /// when this returns or throws.
    Response run(Duration longest) throws DrillFailed, InterruptedException {
        try (Shop _ = scenario.shop;
                AuditLog audit = AuditLog.open(state.auditLog(), InstantSource.system())) {
            scenario.open();
            Instant deadline = Instant.now().plus(longest);
            FutureTask<Response> response = inBackground(() -> responders(audit).look(deadline));
            try {
                scenario.play();
                return response.get();
            } finally {
                response.cancel(true);
            }
        } catch (ExecutionException e) {
            throw new DrillFailed("the responders failed: " + e.getCause(), e);
        } catch (IOException e) {
            throw new DrillFailed("the drill could not keep its record: " + e.getMessage(), e);
        }
    }

    /// Ends the shop and its load; for a drill that is interrupted.
    @Override
    public void close() {
        scenario.shop.close();
    }

    private Responders responders(AuditLog audit) {
        Shop shop = scenario.shop;
        Desk desk = new Desk(
                new ShopFigures(new LoadReport(shop.loadReport()), new HopReport(shop.logs())),
                new IncidentStore(state.incidents()),
                audit,
                new KillSwitch(state.killSwitch()),
                onCall,
                GoodReleases.forgetful(),
                OnDuty.once(),
                () -> settings(scenario.pace),
                narrator);
        return new Responders(
                Map.of(
                        service(Shop.API, Service.Kind.JVM, scenario.opening().release()),
                        shop.serviceHome(Shop.API),
                        service(Shop.GATEWAY, Service.Kind.JVM, Opening.GATEWAY_RELEASE),
                        shop.serviceHome(Shop.GATEWAY),
                        service(Shop.CACHE, Service.Kind.REDIS, Opening.CACHE_RELEASE),
                        shop.serviceHome(Shop.CACHE)),
                InvestigationOptions.asked(true),
                desk);
    }

    private static Settings settings(Pace pace) {
        return new Settings(
                new Patience(pace.settling(), PATIENCE, pace.longest()),
                STANDING,
                pace.leastEffect(),
                pace.longestEffect(),
                SEARCH,
                ACT_LIMIT,
                LOOK_EVERY,
                ASK_EVERY,
                Duration.ZERO,
                ANNOUNCED,
                pace.longest(),
                Budget.DEFAULT);
    }

    /// What the shop opens with has run for long: its release managers have named it good.
    private Service service(String service, Service.Kind kind, String good) {
        return new Service(service, kind, platform(service), mode, Set.of(good));
    }

    /// The operator's own commands, and where they announce what they did.
    private Platform platform(String service) {
        Shop shop = scenario.shop;
        Libraries libraries = new Libraries();
        return new ReleaseDirectories(
                service,
                shop.serviceHome(service),
                Optional.of(Command.of(shop.command("deploy", "--service", "{service}", "{release}"))),
                Command.of(shop.command("restart", "--service", "{service}")),
                jar -> libraries.of(jar.toString()).map(found -> new Library(found.purl())),
                new ChangeFile(shop.events()));
    }

    private static FutureTask<Response> inBackground(Callable<Response> work) {
        FutureTask<Response> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("responders").start(task);
        return task;
    }
}
