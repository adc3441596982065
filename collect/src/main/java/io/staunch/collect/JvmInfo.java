package io.staunch.collect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a running JVM is, as far as it could be read.
///
/// @param name      the main class, or the file name of the jar that was started
/// @param runtime   the Java version, such as `17.0.15`; `unknown` if it can't be read
/// @param vm        name and version of the virtual machine
/// @param user      the owner's name, or the number if it has no name
/// @param release   the version of what runs in it, if it says so: `service.version` of OpenTelemetry, a
///                  `releases/VERSION` directory, or the main jar's manifest
/// @param classPath entries of the class path, absolute, as the target sees them
/// @param way       the best way in that is open to us
public record JvmInfo(
        long pid,
        String name,
        String runtime,
        String vm,
        Collector collector,
        String user,
        Optional<String> release,
        Instant started,
        List<String> classPath,
        Way way)
        implements Target {
    public JvmInfo {
        classPath = List.copyOf(classPath);
    }

    @Override
    public Kind kind() {
        return Kind.JVM;
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
    public OptionalLong processId() {
        return OptionalLong.of(pid);
    }

    /// How a JVM can be watched, the best first.
    public enum Way {
        /// Attach, then the local JMX connector: all rungs.
        JMX("attach and JMX"),
        /// Attach alone, because the JVM's network is another one: no session, pool and buffer figures.
        ATTACH("attach"),
        /// The counters that a JVM keeps in a file, and `/proc`: live sets and RSS, no types.
        COUNTERS("performance counters and /proc"),
        /// `/proc` alone: RSS, threads, open files.
        PROC("/proc");

        private final String label;

        Way(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }
}
