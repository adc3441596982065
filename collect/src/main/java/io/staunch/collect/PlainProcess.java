package io.staunch.collect;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A process of this host that is neither a JVM nor a Redis server.
///
/// @param name    of its program
/// @param command its command line, for patterns only: arguments may hold what is secret
/// @param user    the owner's name
/// @param held    bytes that it alone holds, in memory or swapped out, when it was found
public record PlainProcess(long pid, String name, String command, String user, Instant started, long held)
        implements Target {
    PlainProcess holding(long bytes) {
        return new PlainProcess(pid, name, command, user, started, bytes);
    }

    /// Without the command line.
    @Override
    public String toString() {
        return title();
    }

    @Override
    public Kind kind() {
        return Kind.PROCESS;
    }

    @Override
    public String id() {
        return pid + "-" + started.getEpochSecond();
    }

    @Override
    public String instance() {
        return Long.toString(pid);
    }

    @Override
    public Optional<String> release() {
        return Optional.empty();
    }

    @Override
    public OptionalLong processId() {
        return OptionalLong.of(pid);
    }
}
