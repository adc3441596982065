package io.staunch.server.response;

import io.staunch.heap.Libraries;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.KillSwitch;
import io.staunch.remedy.Library;
import io.staunch.remedy.OperatorProgram;
import io.staunch.remedy.Platform;
import io.staunch.remedy.ReleaseDirectories;
import io.staunch.remedy.Remedy;
import io.staunch.server.ReleaseBook;
import io.staunch.server.Watch;
import io.staunch.server.WatchEvent;
import io.staunch.server.WatchPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks after every service that the daemon's watch has, each on a virtual thread of its own, until [#close]. An
/// incident that is open then is gone on with by whoever is started next on the same state directory. Safe for use by
/// several threads.
public final class Duty implements Consumer<WatchEvent>, AutoCloseable {
    private static final long LOOK_MILLIS = 2_000;
    private static final Duration AT_A_TIME = Duration.ofMinutes(10);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(30);
    private static final long REST_MILLIS = 30_000;

    private final StateDirectory state;
    private final ReleaseBook releases;
    private final Told told;
    private final AuditLog audit;
    private final KillSwitch killSwitch;
    private final Approvals approvals = new Approvals();
    private final OnDuty onDuty;
    private final IncidentStore store;
    private final GoodReleases good;
    private final Libraries libraries = new Libraries();
    private final Scene scene = new Scene();
    private final Map<String, Attention> attentions = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Charges charges;
    private volatile WatchPlan plan;

    /// Is told in sentences what is done about a service.
    @FunctionalInterface
    public interface Told {
        void tell(Instant at, String service, String sentence);
    }

    private Duty(Charges charges, WatchPlan plan, StateDirectory state, ReleaseBook releases, Told told)
            throws IOException {
        this.charges = charges;
        this.plan = plan;
        this.state = state;
        this.releases = releases;
        this.told = told;
        this.audit = AuditLog.open(state.auditLog(), InstantSource.system());
        this.killSwitch = new KillSwitch(state.killSwitch());
        this.onDuty = OnDuty.in(state.onDuty());
        this.store = new IncidentStore(state.incidents());
        this.good = GoodReleases.in(state.goodReleases());
    }

    /// Opens the records; nobody is looked after before [#begin].
    ///
    /// @param charges  how far Staunch may go
    /// @param plan     the watch's
    /// @param releases that the daemon is told of
    /// @throws IOException if the audit log can't be read or its chain is broken
    public static Duty open(Charges charges, WatchPlan plan, StateDirectory state, ReleaseBook releases, Told told)
            throws IOException {
        return new Duty(charges, plan, state, releases, told);
    }

    /// Looks after the services of this watch from now on, and goes on with the incidents that were left open.
    public void begin(Watch watch) {
        scene.show(watch);
        Thread.ofVirtual().name("duty").start(this::run);
    }

    /// From now on it goes by these.
    public void adopt(Charges changed, WatchPlan changedPlan) {
        charges = changed;
        plan = changedPlan;
    }

    @Override
    public void accept(WatchEvent event) {
        scene.accept(event);
    }

    private void run() {
        try {
            leftOpen().forEach(incident -> serve(incident.service(), Optional.of(incident)));
            do {
                scene.services().forEach(service -> serve(service, Optional.empty()));
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The incidents that were ours; marks of those that were closed are taken away.
    private List<Incident> leftOpen() {
        List<Incident> open = new ArrayList<>();
        Set<String> services = new HashSet<>();
        try {
            for (String id : onDuty.left()) {
                Optional<Incident> incident = store.find(id);
                if (incident.filter(found -> found.status() == Incident.Status.OPEN)
                        .filter(found -> services.add(found.service()))
                        .isPresent()) {
                    open.add(incident.get());
                } else {
                    onDuty.done(id);
                }
            }
        } catch (IOException e) {
            told.tell(Instant.now(), "staunch", "open incidents can't be read: " + e.getMessage());
        }
        return open;
    }

    private void serve(String service, Optional<Incident> open) {
        if (closing.getCount() > 0) {
            threads.compute(
                    service,
                    (_, before) -> before != null && before.isAlive()
                            ? before
                            : Thread.ofVirtual().name("responder-" + service).start(() -> look(service, open)));
        }
    }

    /// Until the service has no process any more, or we are closed.
    private void look(String service, Optional<Incident> left) {
        Optional<Incident> open = left;
        try {
            boolean again = true;
            while (again && closing.getCount() > 0) {
                try {
                    lookAfter(service, open);
                    again = false;
                } catch (IOException | RuntimeException e) {
                    told.tell(Instant.now(), service, "looking after it failed and begins anew: " + e);
                    Thread.sleep(REST_MILLIS);
                    open = leftOpen().stream()
                            .filter(incident -> incident.service().equals(service))
                            .findFirst();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            attentions.remove(service);
        }
    }

    private void lookAfter(String service, Optional<Incident> open) throws IOException, InterruptedException {
        Attention attention = new Attention(() -> service(service), new WatchSight(service, scene, plan));
        attentions.put(service, attention);
        try (attention) {
            Responder responder = new Responder(
                    attention,
                    new Surroundings(
                            () -> List.copyOf(attentions.values()), settings().patience()),
                    desk(service));
            List<Remedies.Unfinished> unfinished = responder.settle();
            if (open.isPresent()) {
                ended(responder.resume(open.get(), unfinished));
            }
            while (closing.getCount() > 0 && !scene.of(service).isEmpty()) {
                responder.next(Instant.now().plus(AT_A_TIME), Instant.MAX).ifPresent(this::ended);
            }
        }
    }

    private void ended(Incident incident) {
        approvals.withdraw(incident.service());
        try {
            Path postmortem = PostmortemFile.write(incident, state);
            told.tell(Instant.now(), incident.service(), "the postmortem is in " + postmortem);
        } catch (IOException e) {
            told.tell(Instant.now(), incident.service(), "the postmortem can't be written: " + e.getMessage());
        }
    }

    private Desk desk(String service) {
        return new Desk(
                UserFigures.NONE,
                store,
                audit,
                killSwitch,
                approvals,
                good,
                onDuty,
                this::settings,
                (at, _, sentence) -> told.tell(at, service, sentence));
    }

    private Settings settings() {
        return Settings.watching(charges.pace());
    }

    private Service service(String name) {
        Charge charge = charges.of(name);
        return new Service(name, scene.kind(name), platform(name, charge), charge.mode(), charge.attestedGood());
    }

    private Platform platform(String name, Charge charge) {
        Optional<Path> home = charge.driver()
                .filter(Charge.Driver.Directories.class::isInstance)
                .map(driver -> ((Charge.Driver.Directories) driver).home());
        ToldChanges changes = new ToldChanges(
                name, charge.changes().map(ChangeFile::new), releases, audit, home, InstantSource.system());
        if (charge.driver().isEmpty()) {
            return new ToldReleases(name, changes);
        }
        return switch (charge.driver().get()) {
            case Charge.Driver.Directories(var directories, var deploy, var restart) ->
                new ReleaseDirectories(
                        name,
                        directories,
                        deploy,
                        restart,
                        jar -> libraries.of(jar.toString()).map(found -> new Library(found.purl())),
                        changes);
            case Charge.Driver.Program(var program) -> new OperatorProgram(program, state.root(), ASK_LIMIT);
        };
    }

    /// The incidents that are open, and those that were closed within the last hour.
    public List<Incident> incidents() {
        return onDuty.incidents(Instant.now());
    }

    /// Something that somebody could agree to.
    public record Offer(String incident, Remedy remedy) {}

    /// What somebody could agree to now, over all open incidents.
    public List<Offer> offers() {
        return incidents().stream()
                .filter(incident -> incident.status() == Incident.Status.OPEN)
                .flatMap(incident ->
                        approvals.offered(incident.service()).stream().map(remedy -> new Offer(incident.id(), remedy)))
                .toList();
    }

    /// Agrees to an act that is offered; the guard rails look at it once more before it begins.
    ///
    /// @param to the release that is to run afterwards; any if absent
    /// @return empty if nothing like it is offered
    public Optional<Remedy> agree(Incident incident, String act, Optional<String> to, String by) {
        return approvals.agree(incident.service(), act, to, by);
    }

    public KillSwitch killSwitch() {
        return killSwitch;
    }

    /// Switches all acts off or on again, and writes down who did.
    public void throwKillSwitch(boolean off, String by) throws IOException {
        if (off) {
            killSwitch.engage(by);
        }
        audit.append(
                by,
                "-",
                "kill-switch",
                off ? "All acts were switched off." : "The call to switch acts off was taken back.");
        if (!off) {
            killSwitch.release();
        }
    }

    /// Ends looking after services; open incidents stay open. Idempotent.
    @Override
    public void close() throws IOException {
        closing.countDown();
        List<Thread> all = List.copyOf(threads.values());
        all.forEach(Thread::interrupt);
        try {
            for (Thread thread : all) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        audit.close();
    }
}
