package io.staunch.shop.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// All open shopping sessions by id. A session that was not used for the lifetime is expired. It is removed when it
/// is asked for, and, as most visitors never come back to ask, by whoever opens a session when the last clean-up is a
/// quarter of a lifetime ago. Thread-safe.
public final class SessionStore implements AutoCloseable {
    private final ConcurrentHashMap<String, CartSession> sessions = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> lastCleanUp;
    private final Duration lifetime;
    private final InstantSource clock;

    public SessionStore(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.lastCleanUp = new AtomicReference<>(clock.instant());
    }

    public CartSession open(Visitor visitor) {
        Instant now = clock.instant();
        removeExpired(now);
        CartSession session = new CartSession(UUID.randomUUID().toString(), visitor, now);
        sessions.put(session.id(), session);
        return session;
    }

    /// The session of that id, marked as used now; empty when there is none or it has expired, and then it is removed.
    public Optional<CartSession> find(String id) {
        Instant now = clock.instant();
        return Optional.ofNullable(sessions.computeIfPresent(id, (key, session) -> {
            if (session.expired(now, lifetime)) {
                return null;
            }
            session.touch(now);
            return session;
        }));
    }

    /// Ends a session before its time, as a logout does.
    public void end(String id) {
        sessions.remove(id);
    }

    /// How many sessions are kept.
    public int size() {
        return sessions.size();
    }

    private void removeExpired(Instant now) {
        Instant last = lastCleanUp.get();
        boolean due = Duration.between(last, now).compareTo(lifetime.dividedBy(4)) >= 0;
        if (due && lastCleanUp.compareAndSet(last, now)) {
            sessions.values().removeIf(session -> session.expired(now, lifetime));
        }
    }

    @Override
    public void close() {
        sessions.clear();
    }
}
