package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is asked of a JVM once it is suspected.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class OnSuspicionTest {
    @TempDir
    Path directory;

    static Stream<Arguments> jdksAndCollectors() {
        return JvmProbeTest.jdksAndCollectors();
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void nativeMemoryIsToldFromTheHeap(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                        jdk,
                        "-XX:+Use" + collector + "GC",
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "direct=50",
                        "threads=20");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            NativeSplit split = probe.nativeMemory().orElseThrow();
            assertThat(split.heap()).isBetween(60L << 20, 65L << 20);
            assertThat(split.otherAnonymous()).isBetween(60L << 20, 160L << 20);
            assertThat(split.fileMapped()).isBetween(5L << 20, 60L << 20);
            assertThat(split.threadStacks()).isBetween(160L << 10, 20L << 20);
            double rss = JvmProbeTest.value(probe.read(), Series.RSS);
            assertThat((double) split.total()).isBetween(rss * 0.9, rss * 1.1);
            List<Reading> later = readUntil(probe, OnSuspicionTest::tellsWhatIsBeyondTheHeap);
            double beyond = JvmProbeTest.value(later, Series.RSS_BEYOND_HEAP);
            assertThat((double) split.total() - split.heap()).isBetween(beyond * 0.9, beyond * 1.1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aHeapThatIsNotTouchedYetIsNotTakenForNativeMemory(Jdk jdk) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk, "-XX:+UseG1GC", "-Xms512m", "-Xmx512m", "garbage=80000");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            List<Reading> first = readUntil(probe, OnSuspicionTest::tellsWhatIsBeyondTheHeap);
            double resident = JvmProbeTest.value(first, Series.RSS);
            List<Reading> last = readUntil(
                    probe,
                    readings -> tellsWhatIsBeyondTheHeap(readings)
                            && JvmProbeTest.value(readings, Series.RSS) > resident + 80e6);
            double beyond = JvmProbeTest.value(last, Series.RSS_BEYOND_HEAP)
                    - JvmProbeTest.value(first, Series.RSS_BEYOND_HEAP);
            assertThat(Math.abs(beyond)).isLessThan(15e6);
        }
    }

    private static boolean tellsWhatIsBeyondTheHeap(List<Reading> readings) {
        return readings.stream().anyMatch(reading -> reading.series().equals(Series.RSS_BEYOND_HEAP));
    }

    private static List<Reading> readUntil(JvmProbe probe, Predicate<List<Reading>> enough) throws Exception {
        Instant end = Instant.now().plusSeconds(90);
        List<Reading> readings = probe.read();
        while (!enough.test(readings)) {
            assertThat(Instant.now()).as(readings.toString()).isBefore(end);
            Thread.sleep(600);
            readings = probe.read();
        }
        return readings;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void threadsAreCountedByTheirNamesWithoutDigits(Jdk jdk) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk, "threads=123");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            assertThat(probe.threadsByName()).contains(new ThreadGroupCount("worker-*", 123));
            assertThat(probe.threadsByName().getFirst().pattern()).isEqualTo("worker-*");
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void aDumpIsPrivateAndGoneOnceItIsClosed(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk, "-XX:+Use" + collector + "GC", "-Xmx200m", "ballast=20");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            try (HeapDump dump = probe.dump(directory, true)) {
                assertThat(Files.size(dump.file())).isEqualTo(dump.bytes()).isBetween(20L << 20, 40L << 20);
                assertThat(Files.getPosixFilePermissions(dump.file()).stream()
                                .map(Enum::name)
                                .collect(Collectors.toSet()))
                        .isEqualTo(Set.of("OWNER_READ", "OWNER_WRITE"));
                assertThat(new String(beginning(dump.file()), StandardCharsets.US_ASCII))
                        .isEqualTo("JAVA PROFILE");
                assertThat(dump.pause()).isPositive();
                assertThat(probe.cost().addedPauseMillis()).isPositive();
            }
            assertThat(directory).isEmptyDirectory();
        }
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.readNBytes(12);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void oldObjectSamplesNameTheLineThatAllocates(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child =
                        ChildJvm.start(jdk, "-XX:+Use" + collector + "GC", "-Xmx400m", "lines=60000", "garbage=20000");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            switch (sampledUntilSeen(probe)) {
                case OldObjects.NotMeasured(var why) -> {
                    assertThat(probe.info().collector()).isEqualTo(Collector.GENERATIONAL_ZGC);
                    assertThat(why).contains("ZGC");
                }
                case OldObjects.Seen seen -> {
                    assertThat(seen.sites())
                            .as("sites")
                            .anySatisfy(
                                    site -> assertThat(applicationFrame(site)).startsWith("Child"));
                    assertThat(openRecordings(child.pid())).doesNotContain("staunch");
                }
            }
        }
    }

    /// Sampling is by chance and rare: some seconds bring nothing.
    private static OldObjects sampledUntilSeen(JvmProbe probe) throws Exception {
        OldObjects found = probe.oldObjects(Duration.ofSeconds(4));
        for (int again = 0;
                again < 5
                        && found instanceof OldObjects.Seen seen
                        && sitesOf(seen).isEmpty();
                again++) {
            found = probe.oldObjects(Duration.ofSeconds(4));
        }
        return found;
    }

    private static List<OldObjects.Site> sitesOf(OldObjects.Seen seen) {
        return seen.sites().stream()
                .filter(site -> applicationFrame(site).startsWith("Child"))
                .toList();
    }

    /// The first frame that is not the JDK's own: a list that grows allocates in the JDK, on behalf of this line.
    private static String applicationFrame(OldObjects.Site site) {
        return site.stack().stream()
                .filter(frame -> !frame.startsWith("java."))
                .findFirst()
                .orElse("none");
    }

    private static String openRecordings(long pid) throws Exception {
        return AttachSocket.of(io.staunch.collect.internal.ProcFs.HOST, pid).jcmd("JFR.check");
    }

    @Test
    void anInterruptedSamplingLeavesNoRecording() throws Exception {
        try (ChildJvm child = ChildJvm.start(Jdk.CURRENT, "-XX:+UseG1GC", "lines=1000");
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread sampler = Thread.ofVirtual().start(() -> {
                try {
                    probe.oldObjects(Duration.ofSeconds(60));
                } catch (InterruptedException e) {
                    ended.countDown();
                } catch (TargetGone e) {
                    throw new AssertionError(e);
                }
            });
            while (!openRecordings(child.pid()).contains("running")) {
                Thread.sleep(50);
            }
            sampler.interrupt();
            assertThat(ended.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            assertThat(openRecordings(child.pid())).doesNotContain("running");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theClassPathTellsWhereATypeComesFrom(Jdk jdk) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            String classes = ChildJvm.classes().toString();
            assertThat(probe.codeSource("Child$Line")).contains(classes);
            assertThat(probe.codeSource("Child$Line[]")).contains(classes);
            assertThat(probe.codeSource("Child$$Lambda")).contains(classes);
            assertThat(probe.codeSource("java.lang.String")).isEmpty();
            assertThat(probe.codeSource("com.shop.Unknown")).isEmpty();
            assertThat(probe.codeSource("byte[]")).isEmpty();
        }
    }
}
