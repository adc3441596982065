package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.JvmProbe;
import io.staunch.collect.Operation;
import io.staunch.detect.Series;
import io.staunch.diagnose.GrowingType;
import io.staunch.heap.Heap;
import io.staunch.heap.Holding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real JVM and its heap dump.
@Tag("slow")
class HuntTest {
    private static final GrowingType ORDERS = growing("OpenOrder", 6_000);
    private static final GrowingType SESSIONS = growing("Session", 90_000);

    @TempDir
    private Path dumps;

    /// Sessions fill up while a service begins, and then come and go; orders stay open at a hundred a minute.
    @Test
    void whatWasDumpedEarlyIsWeighedByWhatHadComeByThen() throws Exception {
        Process subject = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        Visits.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(subject.inputReader().readLine()).isEqualTo("ready");
        try (JvmProbe probe = JvmProbe.attach(subject.pid())) {
            Hunt hunt = new Hunt(probe, new Silent());
            hunt.dump(dumps, Series.LIVE_SET, List.of(ORDERS, SESSIONS), Duration.ofSeconds(24));
            List<String> holder = hunt.culprit(Series.LIVE_SET, List.of(ORDERS), Duration.ofMinutes(4))
                    .holder();
            assertThat(holder).contains("static io.staunch.server.Visits.OPEN");
        } finally {
            subject.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static GrowingType growing(String type, double perHour) {
        return new GrowingType("io.staunch.server.Visits$" + type, perHour, 24 * perHour, 1, Instant.EPOCH);
    }

    private record Silent() implements Told {
        @Override
        public void observed(String source, String statement) {}

        @Override
        public void skipped(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void pauseAhead(Operation operation, Duration predicted) {}

        @Override
        public void dumped(Heap heap, List<Holding> holdings, long fileBytes) {}
    }
}
