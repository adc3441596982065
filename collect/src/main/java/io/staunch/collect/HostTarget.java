package io.staunch.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Something on this machine that can be watched, and what that would cost it.
public sealed interface HostTarget {
    long pid();

    String name();

    String user();

    /// A JVM.
    ///
    /// @param right    what lets us in, or what is missing
    /// @param heapUsed bytes after its last collection, as its counters say; empty if they can't be read
    /// @param heapMax  bytes
    /// @param costs    of each operation above the always-on rung
    record Jvm(JvmInfo info, String right, OptionalLong heapUsed, OptionalLong heapMax, List<OperationCost> costs)
            implements HostTarget {
        public Jvm {
            costs = List.copyOf(costs);
        }

        @Override
        public long pid() {
            return info.pid();
        }

        @Override
        public String name() {
            return info.name();
        }

        @Override
        public String user() {
            return info.user();
        }
    }

    /// A Redis or Valkey server.
    ///
    /// @param addresses where it listens, `host:port`; empty if that can't be told
    record Redis(long pid, String name, String user, List<String> addresses, long residentBytes) implements HostTarget {
        public Redis {
            addresses = List.copyOf(addresses);
        }
    }

    /// Any other process with much resident memory.
    record LargeProcess(long pid, String name, String user, long residentBytes) implements HostTarget {}

    /// What one operation would cost a JVM now.
    ///
    /// @param pause       how long it would stand still; empty if that can't be told
    /// @param diskBytes   needed for the time being
    /// @param impossible  why it can't be done, if so
    record OperationCost(Operation operation, Optional<Duration> pause, long diskBytes, Optional<String> impossible) {}
}
