package io.staunch.server.response;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A process of a service.
///
/// @param id      never another's
/// @param pid     [#ELSEWHERE] if it does not run on this host
/// @param current whether it runs the release in place
record Running(String id, long pid, Instant started, boolean current) {
    /// The number of a process that has none here.
    static final long ELSEWHERE = -1;

    /// The process to look at: the youngest of the release in place, else the youngest.
    static Optional<Running> leading(List<Running> running) {
        return running.stream()
                .filter(Running::current)
                .findFirst()
                .or(() -> running.stream().findFirst());
    }
}
