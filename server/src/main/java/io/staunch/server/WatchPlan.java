package io.staunch.server;

import io.staunch.collect.PlainProcess;
import io.staunch.collect.Target;
import java.util.List;
import java.util.Optional;

/// What a [Watch] watches, and how. Asked again every few seconds; safe for several threads.
@FunctionalInterface
public interface WatchPlan {
    /// A process that is neither a JVM nor a Redis server is watched from this size on, in bytes of its own, unless a
    /// service claims it: below, a host has hundreds that nobody runs as a service.
    long LARGE_PROCESS = 256L << 20;

    /// How many targets are watched at once, so that the watch's own memory has an end: one takes some 300 KiB. Those
    /// beyond are shown as not watched.
    int MOST_TARGETS = 250;

    /// How one target is watched; empty if it is left alone.
    Optional<Course> courseFor(Target target);

    default int mostTargets() {
        return MOST_TARGETS;
    }

    /// Where else to look than among the processes of this host.
    default List<Place> places() {
        return List.of();
    }

    /// How the targets of a service are watched that were found at one of its places.
    default Course courseAt(String service) {
        return new Course(service, InvestigationOptions.watching(false));
    }

    /// How one target is watched.
    ///
    /// @param service what it is an instance of
    record Course(String service, InvestigationOptions options) {}

    /// Every JVM, Redis server and large process of this host as a service of its own name.
    static WatchPlan all(InvestigationOptions options) {
        return target -> isWorthWatching(target) ? Optional.of(new Course(target.name(), options)) : Optional.empty();
    }

    /// Whether it is watched though no service claims it.
    static boolean isWorthWatching(Target target) {
        return !(target instanceof PlainProcess process) || process.held() >= LARGE_PROCESS;
    }
}
