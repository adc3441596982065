package io.staunch.shop.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was done to a service of the shop, as the deployment tool announces it in `events.jsonl`.
record Event(
        Instant time,
        String kind,
        String service,
        @Nullable String release,
        @Nullable String previous,
        @Nullable List<LibraryChange> changes,
        @Nullable String description,
        @Nullable Boolean reversible) {
    static Event release(
            Instant time,
            String kind,
            String service,
            String release,
            @Nullable String previous,
            List<LibraryChange> changes) {
        return new Event(time, kind, service, release, previous, changes, null, null);
    }

    static Event scale(Instant time, String service, String release, String description) {
        return new Event(time, "scale", service, release, null, null, description, null);
    }

    static Event migration(Instant time, Migration migration) {
        return new Event(
                time,
                "migrate",
                "database",
                Integer.toString(migration.number()),
                null,
                null,
                migration.description(),
                migration.reversible());
    }
}
