package io.staunch.server.web;

import io.staunch.server.WatchedTarget;
import io.staunch.server.store.StoreHealth;
import java.util.List;
import java.util.Optional;

/// What is served. Asked at most once a second, whoever looks; safe for several threads.
@FunctionalInterface
public interface Shown {
    List<WatchedTarget> targets();

    /// How the store does; empty if there is none.
    default Optional<StoreHealth> store() {
        return Optional.empty();
    }

    /// What somebody should know of the daemon itself, a sentence each.
    default List<String> warnings() {
        return List.of();
    }
}
