package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class JvmProbeTest {
    static Stream<Arguments> jdksAndCollectors() {
        return Jdk.all().stream()
                .flatMap(jdk ->
                        Stream.of("G1", "Parallel", "Serial", "Z").map(collector -> Arguments.of(jdk, collector)));
    }

    private static String option(String collector) {
        return "-XX:+Use" + collector + "GC";
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void theHistogramCountsWhatTheProgramKeeps(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk, option(collector), "-Xmx200m", "ballast=20", "garbage=1000");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            Histogram histogram = probe.histogram(true);
            assertThat(histogram.types())
                    .filteredOn(count -> count.type().equals("byte[]"))
                    .singleElement()
                    .satisfies(bytes -> assertThat(bytes.bytes()).isBetween(20L << 20, 24L << 20));
            assertThat(histogram.types()).anyMatch(count -> count.type().equals("Child$$Lambda"));
            assertThat(histogram.bytes()).isBetween(20L << 20, 26L << 20);
            assertThat(histogram.pause().toMillis()).isBetween(1L, 2000L);
            assertThat(probe.cost().addedPauseMillis())
                    .isEqualTo(histogram.pause().toNanos() / 1e6);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void theLiveSetAfterCollectionsIsWhatTheProgramKeeps(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child =
                        ChildJvm.start(jdk, option(collector), "-Xmx96m", "ballast=40", "garbage=60000", "seconds=40");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            List<Double> live = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                for (Reading reading : probe.read()) {
                    if (reading.series().equals(Series.LIVE_SET)) {
                        live.add(reading.sample().value());
                    }
                }
                if (i % 10 == 9) {
                    probe.histogram(true);
                }
                Thread.sleep(100);
            }
            double floor = live.stream().mapToDouble(v -> v).min().orElseThrow();
            assertThat(floor).isBetween(40e6, 70e6);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void aReadingHasEverySeriesAndIsCheap(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                        jdk, option(collector), "-Xmx200m", "threads=7", "direct=5", "garbage=1000", "ballast=10");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            for (int i = 0; i < 200; i++) {
                probe.read();
            }
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                probe.read();
            }
            double millis = (System.nanoTime() - start) / 1e8;
            assertThat(millis).isLessThan(10);
            assertThat(probe.read().stream().map(Reading::series))
                    .contains(
                            Series.HEAP_USED,
                            Series.METASPACE,
                            Series.CLASSES,
                            Series.THREADS,
                            Series.DIRECT_BUFFERS,
                            Series.MAPPED_BUFFERS,
                            Series.RSS,
                            Series.RSS_BEYOND_HEAP,
                            Series.OPEN_FILES);
        }
    }
}
