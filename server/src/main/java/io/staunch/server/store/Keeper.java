package io.staunch.server.store;

import io.staunch.collect.Reading;
import io.staunch.collect.Target;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Archive;
import io.staunch.server.Deployed;
import io.staunch.server.Progress;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchEvent;
import io.staunch.server.alert.Conversation;
import io.staunch.server.alert.Conversations;
import io.staunch.server.store.Batch.Fact;
import io.staunch.server.store.Batch.Readings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps what the watch tells, on a thread of its own, every second. While the store does not answer, what comes in
/// waits in memory; the oldest readings are let go when it is too much, and the rest is written once it is back.
/// Safe for several threads; [#close] writes what waits.
public final class Keeper implements Archive, Conversations, Consumer<WatchEvent>, AutoCloseable {
    /// About as many readings as 200 targets give in an hour; some 60 MB.
    private static final int MOST_READINGS = 500_000;

    private static final int MOST_FACTS = 20_000;
    private static final int MOST_AT_ONCE = 20_000;
    private static final Duration TIDY_EVERY = Duration.ofMinutes(5);
    private static final long WRITE_MILLIS = 1_000;
    private static final long REST_MILLIS = 5_000;

    private final Store store;
    private final String host;
    private final ReleaseBook releases;
    /// Releases that the store has; known to the writing thread alone.
    private final Set<Deployed> inStore = new HashSet<>();

    private boolean releasesRead;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private volatile Retention retention;

    // All below under the lock.
    private final ArrayDeque<Readings> readings = new ArrayDeque<>();
    private final ArrayDeque<Fact> facts = new ArrayDeque<>();
    private final Map<Batch.Target, byte[]> memories = new LinkedHashMap<>();
    private final Map<String, String> services = new HashMap<>();
    private Optional<String> problem = Optional.empty();
    private long failedNanos;
    private long waiting;
    /// Readings and facts that are being written.
    private long inFlight;

    private long lost;

    private Keeper(Store store, String host, Retention retention, ReleaseBook releases) {
        this.releases = releases;
        this.store = store;
        this.host = host;
        this.retention = retention;
    }

    /// Begins at once, also if the store can't be reached yet.
    ///
    /// @param releases gets those that the store has; those that it is told of are kept
    /// @param host     what tells the targets of this machine from those of others that share the store
    public static Keeper start(StoreAddress address, String host, Retention retention, ReleaseBook releases) {
        Keeper keeper = new Keeper(new Store(address), host, retention, releases);
        Thread.ofPlatform().name("store").daemon().start(keeper::run);
        return keeper;
    }

    /// From the next tidying on.
    public void adopt(Retention changed) {
        retention = changed;
    }

    public StoreHealth health() {
        synchronized (lock) {
            return new StoreHealth(store.address().toString(), problem, waiting + facts.size() + inFlight, lost);
        }
    }

    /// While the store is away nobody waits for it: what it knew of the target is then learned anew.
    @Override
    public Optional<Remembered> remembered(Target target) {
        try {
            return promptly(() -> store.remembered(id(target)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Conversation> kept() throws IOException {
        return promptly(() -> store.conversations(host));
    }

    @Override
    public void keep(Conversation conversation) throws IOException {
        promptly(() -> {
            store.keep(host, conversation, Instant.now());
            return conversation;
        });
    }

    @Override
    public void forget(String receiver, String incident) throws IOException {
        promptly(() -> {
            store.forget(host, receiver, incident);
            return host;
        });
    }

    /// What is asked of the store.
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws StoreFailed;
    }

    /// While the store is away nobody waits for it.
    private <T> T promptly(Question<T> question) throws IOException {
        if (isResting()) {
            throw new IOException("the store is away");
        }
        try {
            return question.ask();
        } catch (StoreFailed e) {
            failed(e);
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void read(Target target, String service, List<Reading> taken) {
        if (taken.isEmpty()) {
            return;
        }
        synchronized (lock) {
            services.put(id(target), service);
            readings.add(new Readings(row(target), List.copyOf(taken)));
            waiting += taken.size();
            letGoOfTooMany();
        }
    }

    private void letGoOfTooMany() {
        while (waiting > MOST_READINGS) {
            int gone = readings.remove().readings().size();
            waiting -= gone;
            lost += gone;
        }
        while (facts.size() > MOST_FACTS) {
            facts.remove();
            lost++;
        }
    }

    @Override
    public void learned(Target target, byte[] book) {
        synchronized (lock) {
            memories.put(row(target), book);
        }
    }

    @Override
    public void accept(WatchEvent event) {
        switch (event) {
            case WatchEvent.Found _, WatchEvent.NotWatched _ -> {
                // A target is kept with its first reading.
            }
            case WatchEvent.Progressed(var target, var progress, var _) -> progressed(target, progress);
        }
    }

    private void progressed(Target target, Progress progress) {
        switch (progress) {
            case Progress.VerdictChanged(var at, var overall) ->
                add(new Fact.Given(
                        row(target),
                        at,
                        JsonForm.kind(overall.verdict()),
                        overall.series().name(),
                        overall.verdict().why()));
            case Progress.EvidenceGathered(var at, var evidence) ->
                add(new Fact.Observed(row(target), at, evidence.source(), evidence.statement()));
            case Progress.TargetLost _ -> {
                synchronized (lock) {
                    services.remove(id(target));
                }
            }
            case Progress.PauseAhead _, Progress.CulpritNamed _, Progress.StepSkipped _ -> {
                // What they lead to comes as evidence and verdicts.
            }
        }
    }

    private void add(Fact fact) {
        synchronized (lock) {
            facts.add(fact);
            letGoOfTooMany();
        }
    }

    private Batch.Target row(Target target) {
        synchronized (lock) {
            return new Batch.Target(
                    id(target),
                    services.getOrDefault(id(target), target.name()),
                    target.name(),
                    target.release(),
                    target.started());
        }
    }

    private String id(Target target) {
        return host + "/" + target.id();
    }

    private void run() {
        Instant tidied = Instant.now();
        try {
            long wait = WRITE_MILLIS;
            while (!closing.await(wait, TimeUnit.MILLISECONDS)) {
                wait = writeAll() ? WRITE_MILLIS : REST_MILLIS;
                if (Duration.between(tidied, Instant.now()).compareTo(TIDY_EVERY) > 0) {
                    tidied = Instant.now();
                    tidy();
                }
            }
            writeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
            closed.countDown();
        }
    }

    /// @return false if the store did not take it
    private boolean writeAll() {
        if (!releasesRead && !readReleases()) {
            return false;
        }
        Batch batch = next();
        while (!batch.isEmpty()) {
            try {
                store.write(batch, Instant.now());
                inStore.addAll(batch.releases());
                inStore.retainAll(releases.all());
                written();
            } catch (StoreFailed e) {
                putBack(batch);
                failed(e);
                return false;
            }
            batch = next();
        }
        return true;
    }

    /// @return false if the store did not give them
    private boolean readReleases() {
        try {
            List<Deployed> known = store.releases();
            inStore.addAll(known);
            releases.add(known);
            releasesRead = true;
            return true;
        } catch (StoreFailed e) {
            failed(e);
            return false;
        }
    }

    private Batch next() {
        List<Deployed> told = releases.all().stream()
                .filter(release -> !inStore.contains(release))
                .toList();
        synchronized (lock) {
            List<Readings> some = new ArrayList<>();
            for (int size = 0; size < MOST_AT_ONCE && !readings.isEmpty(); ) {
                Readings one = readings.remove();
                some.add(one);
                size += one.readings().size();
                waiting -= one.readings().size();
            }
            Batch batch = new Batch(some, List.copyOf(facts), memories, told);
            inFlight = facts.size()
                    + some.stream().mapToLong(one -> one.readings().size()).sum();
            facts.clear();
            memories.clear();
            return batch;
        }
    }

    private void putBack(Batch batch) {
        synchronized (lock) {
            inFlight = 0;
            batch.readings().reversed().forEach(one -> {
                readings.addFirst(one);
                waiting += one.readings().size();
            });
            batch.facts().reversed().forEach(facts::addFirst);
            batch.memories().forEach(memories::putIfAbsent);
            letGoOfTooMany();
        }
    }

    private void tidy() {
        try {
            store.tidy(Instant.now(), retention);
            readReleases();
        } catch (StoreFailed e) {
            failed(e);
        }
    }

    private void written() {
        synchronized (lock) {
            inFlight = 0;
            problem = Optional.empty();
        }
    }

    private boolean isResting() {
        synchronized (lock) {
            return problem.isPresent() && System.nanoTime() - failedNanos < REST_MILLIS * 2_000_000;
        }
    }

    private void failed(StoreFailed e) {
        synchronized (lock) {
            failedNanos = System.nanoTime();
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Writes what waits if the store takes it, at most half a minute. Idempotent.
    @Override
    public void close() {
        closing.countDown();
        try {
            closed.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
