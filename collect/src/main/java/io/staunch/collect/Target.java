package io.staunch.collect;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// One thing that is watched, as far as it could be read: an instance of a service, of one kind, in one release.
public sealed interface Target permits JvmInfo, MetricsInstance, PlainProcess, RedisServer, RemoteJvm {
    /// What a target is.
    enum Kind {
        JVM,
        REDIS,
        PROCESS,
        /// Known by its series in a metrics server alone.
        SERVICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /// Stays the same for as long as it lives, and is never another's: letters, digits, dashes and dots.
    String id();

    /// What it is called on screens.
    String name();

    /// Which of all targets of its kind it is: the number of a process on this host, or an address.
    String instance();

    Optional<String> release();

    /// When its process began; [Instant#EPOCH] if that is not known.
    Instant started();

    /// Of its process, if that runs on this host.
    OptionalLong processId();

    /// As in records: `jvm 4242`, `redis 127.0.0.1:6379`.
    default String label() {
        return kind() + " " + instance();
    }

    /// The name with what tells it from others: `shop-api.jar (pid 4242)`, `redis-server (127.0.0.1:6379)`.
    default String title() {
        return name() + " (" + (processId().isPresent() && kind() != Kind.REDIS ? "pid " : "") + instance() + ")";
    }
}
