package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against a real Tomcat and a real HikariCP.
@Tag("slow")
@Timeout(120)
class ServiceReadingsTest {
    @TempDir
    Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void sessionsAndConnectionsInUseAreCounted(Jdk jdk) throws Exception {
        List<String> command = List.of("ServiceChild", directory.toString(), "23", "3");
        try (ChildJvm child = ChildJvm.startService(jdk, command);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            List<Reading> readings = probe.read();
            assertThat(JvmProbeTest.value(readings, Series.SESSIONS)).isEqualTo(23);
            assertThat(JvmProbeTest.value(readings, Series.CONNECTIONS_IN_USE)).isEqualTo(3);
            assertThat(JvmProbeTest.value(readings, Series.CONNECTIONS_WAITED_FOR))
                    .isZero();
            assertThat(readings)
                    .filteredOn(reading -> reading.series().equals(Series.CONNECTIONS_IN_USE))
                    .singleElement()
                    .satisfies(reading -> assertThat(reading.limit()).hasValue(7));
            assertThat(probe.codeSource("com.zaxxer.hikari.pool.HikariPool").orElseThrow())
                    .matches(".*/HikariCP-[0-9.]+\\.jar");
        }
    }
}
