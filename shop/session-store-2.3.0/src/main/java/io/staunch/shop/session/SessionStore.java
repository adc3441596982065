package io.staunch.shop.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// All open shopping sessions by id. A session that was not used for the lifetime is expired; a sweeper removes the
/// expired ones four times in a lifetime. Thread-safe.
public final class SessionStore implements AutoCloseable {
    private final ConcurrentHashMap<String, CartSession> sessions = new ConcurrentHashMap<>();
    private final Duration lifetime;
    private final InstantSource clock;
    private final ScheduledExecutorService sweeper;
    private final ScheduledFuture<?> sweeps;

    public SessionStore(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("session-sweeper").factory());
        long periodMillis = Math.max(1, lifetime.toMillis() / 4);
        this.sweeps =
                sweeper.scheduleWithFixedDelay(this::removeExpired, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    public CartSession open(Visitor visitor) {
        CartSession session = new CartSession(UUID.randomUUID().toString(), visitor, clock.instant());
        sessions.put(session.id(), session);
        return session;
    }

    /// The session of that id, marked as used now; empty when there is none or it has expired.
    public Optional<CartSession> find(String id) {
        Instant now = clock.instant();
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> !session.expired(now, lifetime))
                .map(session -> {
                    session.touch(now);
                    return session;
                });
    }

    /// Ends a session before its time, as a logout does.
    public void end(String id) {
        sessions.remove(id);
    }

    /// How many sessions are kept.
    public int size() {
        return sessions.size();
    }

    private void removeExpired() {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.expired(now, lifetime));
    }

    @Override
    public void close() {
        sweeps.cancel(false);
        sweeper.shutdownNow();
    }
}
