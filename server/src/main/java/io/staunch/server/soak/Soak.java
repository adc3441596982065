package io.staunch.server.soak;

import io.staunch.collect.Probe;
import io.staunch.diagnose.Figures;
import io.staunch.server.Investigation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Runs releases side by side under load and watches all of them for the same time. Everything that it started has
/// ended when [#run] returns, whichever way; what they printed is deleted unless something went wrong.
///
/// [#stop] may be called by any thread.
public final class Soak {
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    /// A load fails when its target dies, often a moment before that shows.
    private static final Duration DYING = Duration.ofSeconds(2);

    private final SoakPlan plan;
    private final SoakListener listener;
    private final List<Side> sides = new ArrayList<>();
    private Optional<Instant> began = Optional.empty();
    private boolean keepsLogs = true;
    private volatile boolean stopping;

    private Soak(SoakPlan plan, SoakListener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    public static Soak of(SoakPlan plan, SoakListener listener) {
        return new Soak(plan, listener);
    }

    /// Takes as long as the plan says, and what the releases take to start.
    ///
    /// @throws InterruptedException if it was stopped before the watch began
    public Soaked run() throws SoakFailed, InterruptedException {
        Path logs = logs();
        try {
            listener.starting(logs);
            start(logs);
            awaitReady();
            begin();
            Optional<String> ended = watch();
            Soaked soaked = soaked(ended);
            keepsLogs = soaked.sides().stream().anyMatch(side -> side.died().isPresent());
            return soaked;
        } finally {
            end();
            if (!keepsLogs) {
                delete(logs);
            }
        }
    }

    /// Ends it; [#run] then tells what was seen so far.
    public void stop() {
        stopping = true;
        synchronized (sides) {
            sides.forEach(Side::stopWatching);
        }
    }

    private static Path logs() throws SoakFailed {
        try {
            return Files.createTempDirectory("staunch-soak-");
        } catch (IOException e) {
            throw new SoakFailed("expected a folder for temporary files, found none: " + e.getMessage(), e);
        }
    }

    private static void delete(Path logs) {
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(logs);
        } catch (IOException e) {
            // It lies among temporary files.
        }
    }

    private void start(Path logs) throws SoakFailed {
        add(Side.start(SideName.CANDIDATE, plan.candidate(), plan, logs));
        if (plan.baseline().isPresent()) {
            add(Side.start(SideName.BASELINE, plan.baseline().get(), plan, logs));
        }
    }

    private void add(Side side) {
        synchronized (sides) {
            sides.add(side);
        }
    }

    private void awaitReady() throws SoakFailed, InterruptedException {
        List<Side> waiting = new ArrayList<>(sides);
        Instant told = Instant.now().plus(A_WHILE);
        while (!waiting.isEmpty()) {
            if (stopping) {
                throw new InterruptedException("the soak was stopped before the watch began");
            }
            for (Side side : List.copyOf(waiting)) {
                if (side.becomesReady(Instant.now())) {
                    waiting.remove(side);
                    listener.ready(side.name(), side.probe().orElseThrow().target());
                }
            }
            if (Instant.now().isAfter(told)) {
                told = Instant.MAX;
                waiting.forEach(side -> listener.waits(side.name()));
            }
            Thread.sleep(waiting.isEmpty() ? Duration.ZERO : LOOK_EVERY);
        }
    }

    private void begin() throws SoakFailed {
        listener.begins(plan);
        began = Optional.of(Instant.now());
        for (Side side : sides) {
            side.begin(listener);
        }
        if (stopping) {
            stop();
        }
    }

    /// Waits for the end of the watch.
    ///
    /// @return why it ended before its time, if its load did
    private Optional<String> watch() throws SoakFailed, InterruptedException {
        Optional<String> ended = Optional.empty();
        while (ended.isEmpty() && !stopping && !candidate().investigation().hasEnded()) {
            Thread.sleep(LOOK_EVERY);
            ended = loadEnded();
        }
        String why = ended.orElse("the watch over the candidate ended");
        boolean early =
                ended.isPresent() || Instant.now().isBefore(began.orElseThrow().plus(plan.time()));
        if (early) {
            sides.forEach(side -> side.investigation().finish(why));
        }
        for (Side side : sides) {
            side.investigation().await();
        }
        return ended;
    }

    private Side candidate() {
        return sides.getFirst();
    }

    /// The first load that ended while its target lived.
    private Optional<String> loadEnded() throws SoakFailed, InterruptedException {
        for (Side side : sides) {
            OptionalInt code = side.loadEnded();
            Duration after = Duration.between(began.orElseThrow(), Instant.now());
            if (code.isEmpty() || side.isGone() || after.compareTo(plan.time()) >= 0) {
                continue;
            }
            if (code.getAsInt() == 0) {
                return Optional.of("the load of the " + side.name() + " ended after " + Figures.duration(after));
            }
            if (!dies(side) && !stopping) {
                return Optional.of(failed("the load of the " + side.name() + " failed after " + Figures.duration(after)
                        + " with exit code " + code.getAsInt() + ": " + side.lastWordsOfLoad()));
            }
        }
        return Optional.empty();
    }

    private static boolean dies(Side side) throws InterruptedException {
        Instant limit = Instant.now().plus(DYING);
        while (!side.isGone() && Instant.now().isBefore(limit)) {
            Thread.sleep(LOOK_EVERY);
        }
        return side.isGone();
    }

    /// What a load that failed says counts for less than a leak that was seen until then.
    private String failed(String why) throws SoakFailed, InterruptedException {
        sides.forEach(side -> side.investigation().finish(why));
        if (candidate().investigation().await().diagnosis().overall().isLeak()) {
            return why;
        }
        throw new SoakFailed(why);
    }

    private Soaked soaked(Optional<String> ended) {
        List<Soaked.Run> runs = new ArrayList<>();
        for (Side side : sides) {
            Investigation watch = side.investigation();
            Optional<String> died =
                    side.isGone() && !stopping ? Optional.of(side.ended().orElse("before its time")) : Optional.empty();
            runs.add(new Soaked.Run(side.name(), watch.soFar(), watch.floor(), died));
        }
        return Soaked.of(plan, runs, ended, stopping);
    }

    private void end() {
        synchronized (sides) {
            sides.forEach(Side::stopWatching);
            sides.forEach(side -> side.probe().ifPresent(Probe::close));
            Started.end(sides.stream().flatMap(side -> side.commands().stream()).toList());
        }
    }
}
