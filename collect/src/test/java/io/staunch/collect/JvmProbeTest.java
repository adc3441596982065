package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.staunch.detect.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
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
            assertThat(histogram.pause()).isPositive();
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
    void aReadingHasEverySeries(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                        jdk, option(collector), "-Xmx200m", "threads=70", "direct=5", "garbage=1000", "ballast=10");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            List<Reading> readings = probe.read();
            assertThat(readings.stream().map(Reading::series))
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
            assertThat(value(readings, Series.THREADS)).isBetween(75.0, 100.0);
            assertThat(value(readings, Series.CLASSES)).isBetween(400.0, 4000.0);
            assertThat(value(readings, Series.DIRECT_BUFFERS)).isBetween(5e6, 6e6);
            assertThat(value(readings, Series.METASPACE)).isBetween(0.1e6, 30e6);
            assertThat(value(readings, Series.HEAP_USED)).isBetween(10e6, 200e6);
        }
    }

    /// What the counters say is what the beans say.
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void threadsAndClassesAreCountedAsTheBeansCountThem(Jdk jdk, String collector) throws Exception {
        String[] arguments = {option(collector), "threads=30"};
        try (ChildJvm child = ChildJvm.start(jdk, arguments);
                JvmProbe probe = JvmProbe.attach(child.pid());
                ChildJvm uncounted = ChildJvm.start(jdk, option(collector), "-XX:-UsePerfData", "threads=30");
                JvmProbe byBeans = JvmProbe.attach(uncounted.pid())) {
            probe.read();
            byBeans.read();
            List<Reading> counters = probe.read();
            List<Reading> beans = byBeans.read();
            assertThat(value(counters, Series.THREADS)).isCloseTo(value(beans, Series.THREADS), within(1.0));
            assertThat(value(counters, Series.CLASSES)).isCloseTo(value(beans, Series.CLASSES), withinPercentage(2.0));
        }
    }

    static double value(List<Reading> readings, Series series) {
        return readings.stream()
                .filter(reading -> reading.series().equals(series))
                .mapToDouble(reading -> reading.sample().value())
                .findFirst()
                .orElseThrow();
    }
}
