package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.MetricsInstance.Dialect;
import io.staunch.collect.PrometheusClient.Line;
import io.staunch.detect.Series;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
    private static final Line MICROMETER = line("jvm_memory_used_bytes", Map.of("area", "heap", "id", "G1 Old Gen"));
    private static final Line CLIENT_JAVA = line("jvm_memory_used_bytes", Map.of("area", "heap"));
    private static final Line OPEN_TELEMETRY =
            line("jvm_memory_used_bytes", Map.of("jvm_memory_type", "heap", "jvm_memory_pool_name", "G1 Old Gen"));

    @Test
    void oneNameIsToldApartInThreeDialectsByItsLabels() {
        assertThat(MetricNames.dialect(List.of(MICROMETER))).isEqualTo(Dialect.MICROMETER);
        assertThat(MetricNames.dialect(List.of(CLIENT_JAVA))).isEqualTo(Dialect.JMX_EXPORTER);
        assertThat(MetricNames.dialect(List.of(OPEN_TELEMETRY))).isEqualTo(Dialect.OPEN_TELEMETRY);
        assertThat(MetricNames.dialect(List.of(line("redis_memory_used_bytes", Map.of()))))
                .isEqualTo(Dialect.REDIS);
        assertThat(MetricNames.dialect(List.of(line("process_resident_memory_bytes", Map.of()))))
                .isEqualTo(Dialect.PROCESS);
        assertThat(MetricNames.dialect(List.of(line("target_info", Map.of())))).isEqualTo(Dialect.UNKNOWN);
    }

    @Test
    void aLineOfAnotherDialectIsNotCountedTwice() {
        assertThat(series(Dialect.MICROMETER, OPEN_TELEMETRY)).isEmpty();
        assertThat(series(Dialect.OPEN_TELEMETRY, MICROMETER)).isEmpty();
        assertThat(series(Dialect.MICROMETER, MICROMETER))
                .containsExactly(Series.HEAP_USED, Series.LIVE_SET.of("upper bound"));
        assertThat(series(Dialect.JMX_EXPORTER, CLIENT_JAVA)).containsExactly(Series.HEAP_USED);
    }

    @Test
    void whatIsBesideTheHeapIsNoHeapHoweverItIsWritten() {
        for (String area : List.of("nonheap", "non_heap")) {
            assertThat(series(
                            Dialect.OPEN_TELEMETRY,
                            line(
                                    "jvm_memory_used_bytes",
                                    Map.of("jvm_memory_type", area, "jvm_memory_pool_name", "Metaspace"))))
                    .containsExactly(Series.METASPACE);
            assertThat(series(
                            Dialect.MICROMETER,
                            line("jvm_memory_used_bytes", Map.of("area", area, "id", "Compressed Class Space"))))
                    .isEmpty();
        }
    }

    @Test
    void ofWhatIsLeftAfterCollectionsTheYoungPoolsDoNotCount() {
        assertThat(series(
                        Dialect.OPEN_TELEMETRY,
                        line(
                                "jvm_memory_used_after_last_gc_bytes",
                                Map.of("jvm_memory_type", "heap", "jvm_memory_pool_name", "G1 Eden Space"))))
                .isEmpty();
        assertThat(series(
                        Dialect.JMX_EXPORTER,
                        line("jvm_memory_pool_collection_used_bytes", Map.of("pool", "ZGC Old Generation"))))
                .containsExactly(Series.LIVE_SET);
    }

    @Test
    void theReleaseIsWhatTheLabelsSay() {
        assertThat(MetricNames.release(List.of(
                        line("jvm_info", Map.of("version", "25.0.1")),
                        line("target_info", Map.of("service_version", "2.4.0")))))
                .hasValue("2.4.0");
        assertThat(MetricNames.release(List.of(line("jvm_info", Map.of("version", "25.0.1")))))
                .isEmpty();
    }

    private static List<Series> series(Dialect dialect, Line line) {
        return MetricNames.parts(dialect, line).stream()
                .map(MetricNames.Part::series)
                .toList();
    }

    private static Line line(String name, Map<String, String> labels) {
        return new Line(name, name, labels, new TreeMap<>(Map.of(1_000L, 1.0)));
    }
}
