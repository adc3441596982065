package io.staunch.server;

import io.staunch.collect.JvmInfo;
import java.util.Optional;

/// What a [Watch] watches, and how. Asked again every few seconds; safe for several threads.
@FunctionalInterface
public interface WatchPlan {
    /// How one JVM is watched; empty if it is left alone.
    Optional<Course> courseFor(JvmInfo jvm);

    /// How one target is watched.
    ///
    /// @param service what it is an instance of
    record Course(String service, InvestigationOptions options) {}

    /// Every JVM as a service of its own name.
    static WatchPlan all(InvestigationOptions options) {
        return jvm -> Optional.of(new Course(jvm.name(), options));
    }
}
