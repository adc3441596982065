package io.staunch.shop.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How a shop is started. Port 0 is any free port; the heap in MiB is that of `shop-api`. The shop ends with the
/// parent process when there is one, and in any case when its longest life is over.
record StartOptions(
        Path dir,
        String release,
        String gatewayRelease,
        String cacheRelease,
        int port,
        int heapMib,
        Collector collector,
        boolean balanced,
        Duration sessionLifetime,
        Duration longestLife,
        Optional<KnownProcess> parent) {
    /// The garbage collector of `shop-api`.
    enum Collector {
        SERIAL("-XX:+UseSerialGC"),
        PARALLEL("-XX:+UseParallelGC"),
        G1("-XX:+UseG1GC"),
        Z("-XX:+UseZGC");

        private final String option;

        Collector(String option) {
            this.option = option;
        }

        String option() {
            return option;
        }
    }
}
