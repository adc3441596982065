package io.staunch.server.soak;

import io.staunch.collect.Probe;
import io.staunch.diagnose.Figures;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One release while it is soaked: its process, the load on it, the watch over it. Not thread-safe, but
/// [#stopWatching].
final class Side {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final int FIRST_ERROR = 400;
    private static final Duration READ_EVERY = Duration.ofSeconds(1);
    private static final Duration READ_EVERY_AT_MOST = Duration.ofSeconds(5);
    private static final int READINGS = 600;

    private final SideName name;
    private final SoakPlan plan;
    private final Path logs;
    private final Map<String, String> environment;
    private final Started service;
    private final Instant started;
    private final TargetSearch search = new TargetSearch();
    private Optional<Instant> readySince = Optional.empty();
    private String notReady = "";
    private Optional<TargetSearch.Found> found = Optional.empty();
    private Optional<Started> load = Optional.empty();
    private volatile Optional<Investigation> investigation = Optional.empty();

    private Side(SideName name, SoakPlan plan, Path logs, Map<String, String> environment, Started service) {
        this.name = name;
        this.plan = plan;
        this.logs = logs;
        this.environment = environment;
        this.service = service;
        this.started = Instant.now();
    }

    static Side start(SideName name, String command, SoakPlan plan, Path logs) throws SoakFailed {
        try {
            Map<String, String> environment = new HashMap<>(
                    Map.of("STAUNCH_SIDE", name.toString(), "STAUNCH_PORT", Integer.toString(freePort())));
            Started service = Started.start(command, environment, logs.resolve(name + ".log"));
            return new Side(name, plan, logs, environment, service);
        } catch (IOException e) {
            throw new SoakFailed("the " + name + " could not be started: " + e.getMessage(), e);
        }
    }

    /// Nobody listens there now.
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    SideName name() {
        return name;
    }

    Optional<Probe> probe() {
        return found.map(TargetSearch.Found::probe);
    }

    /// Looks whether it is ready and can be watched.
    boolean becomesReady(Instant now) throws SoakFailed {
        if (found.isPresent()) {
            return true;
        }
        OptionalInt ended = service.exitCode();
        if (ended.isPresent()) {
            throw new SoakFailed("the " + name + " ended before it was ready, with exit code " + ended.getAsInt() + ": "
                    + service.lastWords());
        }
        boolean late = !now.isBefore(started.plus(plan.startLimit()));
        if (readySince.isEmpty() && isReady(now)) {
            readySince = Optional.of(now);
        }
        if (readySince.isPresent()) {
            boolean told = !(plan.readiness() instanceof Readiness.Watchable);
            found = search.open(service.alive(), now, told || late);
        }
        if (late && found.isEmpty() && isOverdue(now)) {
            throw new SoakFailed("the " + name + " was not ready within " + Figures.duration(plan.startLimit()) + ": "
                    + (readySince.isPresent() ? "found " + search.missing() : notReady) + "; its last words: "
                    + service.lastWords());
        }
        return found.isPresent();
    }

    /// A wait that was asked for is no delay; what then is to be found may take a little.
    private boolean isOverdue(Instant now) {
        Duration asked = plan.readiness() instanceof Readiness.After(var time) ? time : Duration.ZERO;
        return !now.isBefore(started.plus(plan.startLimit()).plus(asked).plus(READ_EVERY_AT_MOST));
    }

    private boolean isReady(Instant now) {
        return switch (plan.readiness()) {
            case Readiness.Watchable() -> true;
            case Readiness.After(var time) -> !now.isBefore(started.plus(time));
            case Readiness.Answers answers -> answers(answers.of(environment));
        };
    }

    private boolean answers(URI url) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            int status = client.send(
                            HttpRequest.newBuilder(url).timeout(ANSWER_LIMIT).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            notReady = url + " answered with status " + status;
            return status < FIRST_ERROR;
        } catch (IOException e) {
            notReady = url + " did not answer";
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Begins load and watch.
    void begin(SoakListener listener) throws SoakFailed {
        TargetSearch.Found watched = found.orElseThrow();
        try {
            Map<String, String> known = new HashMap<>(environment);
            known.put("STAUNCH_PID", Long.toString(watched.pid()));
            load = Optional.of(Started.start(plan.load(), known, logs.resolve(name + "-load.log")));
        } catch (IOException e) {
            throw new SoakFailed("the load of the " + name + " could not be started: " + e.getMessage(), e);
        }
        investigation = Optional.of(Investigation.startFor(
                watched.probe(),
                InvestigationOptions.asked(plan.dump()).readingEvery(readEvery(plan.time())),
                plan.time(),
                progress -> listener.told(name, progress)));
    }

    /// Readings of hours are not worth one each second.
    private static Duration readEvery(Duration time) {
        Duration share = time.dividedBy(READINGS);
        if (share.compareTo(READ_EVERY) < 0) {
            return READ_EVERY;
        }
        return share.compareTo(READ_EVERY_AT_MOST) > 0 ? READ_EVERY_AT_MOST : share;
    }

    Investigation investigation() {
        return investigation.orElseThrow();
    }

    /// How its load ended; empty while it runs.
    OptionalInt loadEnded() {
        return load.map(Started::exitCode).orElse(OptionalInt.empty());
    }

    String lastWordsOfLoad() {
        return load.map(Started::lastWords).orElse("");
    }

    /// Whether what is watched is no more.
    boolean isGone() {
        return found.flatMap(watched -> ProcessHandle.of(watched.pid()))
                .filter(Started::runs)
                .isEmpty();
    }

    /// How its process ended, if nothing of it runs any more.
    Optional<String> ended() {
        OptionalInt code = service.exitCode();
        return code.isPresent()
                ? Optional.of("with exit code " + code.getAsInt() + ": " + service.lastWords())
                : Optional.empty();
    }

    /// May be called by any thread.
    void stopWatching() {
        investigation.ifPresent(Investigation::close);
    }

    List<Started> commands() {
        List<Started> all = new ArrayList<>(load.stream().toList());
        all.add(service);
        return all;
    }
}
