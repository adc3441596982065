package io.staunch.diagnose;

import io.staunch.detect.Series;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What kind of thing leaks, as far as what to do about it differs: each has a page in the playbook.
public enum LeakKind {
    SESSIONS,
    CONNECTIONS,
    STATEMENTS,
    CACHE,
    THREAD_LOCALS,
    CLASS_LOADERS,
    THREADS,
    LISTENERS,
    TIMERS,
    DELETE_ON_EXIT,
    DIRECT_MEMORY,
    NATIVE_MEMORY,
    METASPACE,
    REDIS_KEYS,
    /// Objects in a collection that only grows, and all that is no other kind.
    COLLECTION;

    private static final Set<Series> CLASS_SERIES = Set.of(Series.METASPACE, Series.CLASSES);
    private static final Set<Series> NATIVE_SERIES = Set.of(Series.NATIVE_MEMORY, Series.RSS_BEYOND_HEAP);

    /// The last part of its page's address, which does not change: `thread-locals`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// By what piles up; while that is not known, by the series that grows.
    public static LeakKind of(Optional<Culprit> culprit, Series series) {
        return culprit.map(LeakKind::of).orElseGet(() -> of(series));
    }

    private static LeakKind of(Culprit culprit) {
        return switch (culprit.shape()) {
            case SESSIONS -> SESSIONS;
            case CONNECTIONS -> CONNECTIONS;
            case STATEMENTS -> STATEMENTS;
            case CACHE -> isOfRedis(culprit) ? REDIS_KEYS : CACHE;
            case THREAD_LOCALS -> THREAD_LOCALS;
            case CLASSES -> namesALoader(culprit) ? CLASS_LOADERS : METASPACE;
            case THREADS -> THREADS;
            case LISTENERS -> LISTENERS;
            case SCHEDULED_TASKS -> TIMERS;
            case DELETE_ON_EXIT -> DELETE_ON_EXIT;
            case DIRECT_MEMORY -> DIRECT_MEMORY;
            case NATIVE_MEMORY -> NATIVE_MEMORY;
            case CLIENT_BUFFERS, SCRIPTS, SERVER_MEMORY -> REDIS_KEYS;
            case OBJECTS, FINALIZERS -> COLLECTION;
        };
    }

    private static boolean isOfRedis(Culprit culprit) {
        return culprit.library()
                .filter(purl -> purl.startsWith("pkg:generic/redis@"))
                .isPresent();
    }

    private static boolean namesALoader(Culprit culprit) {
        return culprit.accumulating().stream()
                .anyMatch(type -> Words.of(type.type()).contains("loader"));
    }

    private static LeakKind of(Series series) {
        if (series.name().startsWith(Series.SESSIONS.name())) {
            return SESSIONS;
        }
        if (series.name().startsWith(Series.CONNECTIONS_IN_USE.name())) {
            return CONNECTIONS;
        }
        if (series.equals(Series.THREADS)) {
            return THREADS;
        }
        if (series.equals(Series.DIRECT_BUFFERS)) {
            return DIRECT_MEMORY;
        }
        if (series.equals(Series.REDIS_USED_MEMORY)) {
            return REDIS_KEYS;
        }
        if (CLASS_SERIES.contains(series)) {
            return METASPACE;
        }
        return NATIVE_SERIES.contains(series) ? NATIVE_MEMORY : COLLECTION;
    }
}
