package io.staunch.shop.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// All open shopping sessions by id. A session that was not used for the lifetime is expired; whether it is, is
/// decided when it is asked for, so that no sweep over all sessions competes with requests. Thread-safe.
public final class SessionStore implements AutoCloseable {
    private final ConcurrentHashMap<String, CartSession> sessions = new ConcurrentHashMap<>();
    private final Duration lifetime;
    private final InstantSource clock;

    public SessionStore(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public CartSession open(Visitor visitor) {
        CartSession session = new CartSession(UUID.randomUUID().toString(), visitor, clock.instant());
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

    @Override
    public void close() {
        sessions.clear();
    }
}
