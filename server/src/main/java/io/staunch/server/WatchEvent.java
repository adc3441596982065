package io.staunch.server;

import io.staunch.collect.Target;

/// What a [Watch] tells of its targets. Told on the target's own thread.
public sealed interface WatchEvent {
    Target target();

    /// A target was found and is watched from now on.
    record Found(Target target) implements WatchEvent {}

    /// A target was found that can't be watched, and why. Told once.
    record NotWatched(Target target, String why) implements WatchEvent {}

    /// Something in the investigation of one target.
    ///
    /// @param outcome what is known of it by now
    record Progressed(Target target, Progress progress, Outcome outcome) implements WatchEvent {}
}
