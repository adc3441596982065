package io.staunch.drill;

import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.Mode;
import io.staunch.server.response.Narrator;
import io.staunch.server.response.OnCall;
import io.staunch.server.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// An incident for a person to work on who is not told which one it is. The person sees what a monitor shows,
/// examines suspects one by one, acts on the shop, and says whom to blame. Staunch looks on in mode `observe`;
/// its findings are shown only where the person looks, and its times only at the end.
///
/// Not thread-safe, but for [#close].
public final class BlindDrill implements AutoCloseable {
    private static final Narrator NOBODY = (at, voice, sentence) -> {};
    private static final OnCall SILENT = (service, allowed) -> new OnCall.Answer.Wait();

    private final DrillName name;
    private final Scenario scenario;
    private final Rehearsal rehearsal;
    private final StateDirectory state;
    private final FutureTask<Response> run;
    private final Monitor monitor;
    private final List<String> wrongPaths = new ArrayList<>();
    private Optional<Instant> blamedRightly = Optional.empty();

    /// Starts it at once.
    public BlindDrill(DrillName name, ShopHome home, Path shopDirectory, Pace pace, StateDirectory state) {
        this.name = name;
        this.state = state;
        Shop shop = new Shop(home, shopDirectory);
        this.scenario = name.scenario(shop, pace, NOBODY);
        this.rehearsal = new Rehearsal(scenario, SILENT, Mode.OBSERVE, state, NOBODY);
        this.monitor = new Monitor(shop);
        Duration longest = pace.longest();
        this.run = inBackground(() -> rehearsal.run(longest));
    }

    /// How it went, beside how Staunch did.
    ///
    /// @param person     from the leaky deployment until the right one was blamed; empty if that never was
    /// @param wrongPaths what the person examined or did that led nowhere
    /// @param staunch    from the leaky deployment until Staunch named the cause; empty if it has not yet
    /// @param recovered  whether the growth was seen ended
    public record Score(
            DrillName name,
            Optional<Duration> person,
            List<String> wrongPaths,
            Optional<Duration> staunch,
            boolean recovered) {
        public Score {
            wrongPaths = List.copyOf(wrongPaths);
        }
    }

    /// True once there is nothing more to do: the growth was seen ended, or the time is over.
    public boolean isOver() {
        return run.isDone();
    }

    /// One line: users' figures and the memory of each service.
    public String monitor() throws IOException {
        return monitor.line();
    }

    /// The suspects that can be examined, by their ids; none before a leak was called.
    public List<String> suspects() throws IOException {
        return incident().map(Incident::suspects).orElse(List.of()).stream()
                .map(Suspect::id)
                .sorted()
                .toList();
    }

    /// What is known of whom the person means.
    public String examine(String name) throws IOException {
        List<Suspect> meant = meant(name);
        if (meant.isEmpty()) {
            return "nothing is known of '" + name + "' yet";
        }
        if (meant.stream().allMatch(suspect -> suspect.finding() == Finding.CLEARED)) {
            wrongPaths.add("examined " + meant.getFirst().name());
        }
        List<String> evidence =
                meant.stream().flatMap(suspect -> suspect.evidence().stream()).toList();
        return evidence.isEmpty() ? "not measured" : String.join("; ", evidence);
    }

    /// Restarts the service in its release.
    public void restart(String service) throws DrillFailed, InterruptedException {
        wrongPaths.add("restarted " + service);
        scenario.shop.restart(service);
    }

    /// Puts the release before back in place.
    public void rollback(String service) throws DrillFailed, InterruptedException {
        if (!service.equals(scenario.opening().leaky())) {
            wrongPaths.add("rolled back " + service);
        }
        scenario.shop.rollback(service);
    }

    /// Changes the number of instances.
    public void scale(int instances) throws DrillFailed, InterruptedException {
        wrongPaths.add("scaled to " + instances);
        scenario.shop.scale(instances);
    }

    /// Says who it is.
    ///
    /// @return true if Staunch's board implicates it
    public boolean blame(String name) throws IOException {
        boolean right = meant(name).stream().anyMatch(suspect -> suspect.finding() == Finding.IMPLICATED);
        if (right && blamedRightly.isEmpty()) {
            blamedRightly = Optional.of(Instant.now());
        } else if (!right) {
            wrongPaths.add("blamed " + name);
        }
        return right;
    }

    public Score score() throws IOException {
        Optional<Incident> incident = incident();
        return new Score(
                name,
                blamedRightly.flatMap(this::sinceTheLeak),
                wrongPaths,
                incident.flatMap(Incident::causeNamed).flatMap(this::sinceTheLeak),
                incident.filter(found -> found.status() == Incident.Status.RECOVERED)
                        .isPresent());
    }

    private Optional<Duration> sinceTheLeak(Instant at) {
        return scenario.leakyDeployed().map(deployed -> Duration.between(deployed, at));
    }

    private List<Suspect> meant(String name) throws IOException {
        return Naming.meant(name, incident().map(Incident::suspects).orElse(List.of()));
    }

    private Optional<Incident> incident() throws IOException {
        return new IncidentStore(state.incidents())
                .all().stream()
                        .filter(found ->
                                found.service().equals(scenario.opening().leaky()))
                        .filter(found -> found.status() != Incident.Status.WITHDRAWN)
                        .findFirst();
    }

    /// Why it ended before its time; empty if it did not.
    public Optional<String> failure() throws InterruptedException {
        if (!run.isDone()) {
            return Optional.empty();
        }
        try {
            run.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        run.cancel(true);
        rehearsal.close();
    }

    private static FutureTask<Response> inBackground(Callable<Response> work) {
        FutureTask<Response> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("blind-drill").start(task);
        return task;
    }
}
