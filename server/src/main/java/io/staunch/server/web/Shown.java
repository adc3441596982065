package io.staunch.server.web;

import io.staunch.incident.IncidentStore;
import io.staunch.server.HeapShelf;
import io.staunch.server.WatchedTarget;
import io.staunch.server.response.Duty;
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

    /// Where incidents are recorded; empty if nowhere.
    default Optional<IncidentStore> incidents() {
        return Optional.empty();
    }

    /// Whether somebody looks after incidents here, so that there are acts to agree to.
    default boolean isActing() {
        return duty().isPresent();
    }

    /// Where it is kept what heap dumps showed; empty if nowhere.
    default Optional<HeapShelf> heaps() {
        return Optional.empty();
    }

    /// Who looks after incidents; empty if nobody does.
    default Optional<Duty> duty() {
        return Optional.empty();
    }

    /// What somebody should know of the daemon itself, a sentence each.
    default List<String> warnings() {
        return List.of();
    }
}
