package io.staunch.verify.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines as JDK 25 wrote them under the benchmark's load.
final class SafepointTest {
    private static final String FORMAT = "[2026-11-21T03:35:%s.100+0000][info][safepoint] Safepoint \"%s\","
            + " Time since last: 1 ns, Reaching safepoint: 1 ns, At safepoint: 1 ns, Total: %d ns%n";

    @TempDir
    Path directory;

    @Test
    void aHistogramIsNoCollectionThoughItsOperationIsNamedLikeOne() throws IOException {
        Path log = directory.resolve("safepoints.log");
        Files.writeString(
                log,
                FORMAT.formatted("31", "GC_HeapInspection", 199_721_000)
                        + FORMAT.formatted("32", "G1CollectForAllocation", 70_000_000)
                        + FORMAT.formatted("33", "ThreadDump", 120_000));

        List<Safepoint> stops = Safepoint.parse(log);

        assertThat(stops).extracting(Safepoint::millis).containsExactly(199.721, 70.0, 0.12);
        assertThat(stops).extracting(Safepoint::isOfHigherRung).containsExactly(true, false, false);
        assertThat(stops).extracting(Safepoint::isCollection).containsExactly(false, true, false);
    }
}
