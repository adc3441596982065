package io.staunch.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.server.Archive.Remembered;
import io.staunch.server.store.Batch.Fact;
import io.staunch.server.store.Batch.Readings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What holds on either database.
@Execution(ExecutionMode.CONCURRENT)
abstract class StoreContract {
    private static final Batch.Target SHOP = Rig.target("host/1-1");
    private static final Instant NOW = Rig.START.plus(Duration.ofHours(1));

    private StoreAddress address;
    private Store store;

    /// An empty database.
    abstract StoreAddress empty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        address = empty();
        store = new Store(address);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsWrittenIsRememberedByTheNextProcess() throws Exception {
        store.write(batch(3, new byte[] {1, 2, 3}), NOW);
        store.close();
        try (Store next = new Store(address)) {
            Remembered remembered = next.remembered(SHOP.id()).orElseThrow();
            assertThat(remembered.book()).containsExactly(1, 2, 3);
            assertThat(remembered.samples())
                    .isEqualTo(Map.of(
                            Series.THREADS,
                            List.of(
                                    new Sample(Rig.START, 100),
                                    new Sample(Rig.START.plusSeconds(5), 101),
                                    new Sample(Rig.START.plusSeconds(10), 102))));
            assertThat(next.remembered("host/2-1")).isEmpty();
        }
    }

    @Test
    void writingTwiceIsWritingOnce() throws Exception {
        Batch batch = batch(3, new byte[] {1});
        store.write(batch, NOW);
        store.write(batch, NOW);
        assertThat(Rig.count(address, "sample")).isEqualTo(3);
        assertThat(Rig.count(address, "verdict")).isEqualTo(1);
        assertThat(Rig.count(address, "evidence")).isEqualTo(1);
    }

    @Test
    void oldSamplesBecomeFiveMinutesInOneRowWithTheirLowMeanAndHigh() throws Exception {
        store.write(batch(720, new byte[] {1}), NOW);
        store.tidy(NOW, new Retention(Duration.ofMinutes(30), Duration.ofDays(1)));
        assertThat(Rig.count(address, "sample")).isEqualTo(360);
        assertThat(Rig.count(address, "sample_coarse")).isEqualTo(6);
        String first = " FROM sample_coarse WHERE taken = " + Rig.START.toEpochMilli();
        assertThat(Rig.number(address, "SELECT number" + first)).isEqualTo(60);
        assertThat(Rig.number(address, "SELECT low" + first)).isEqualTo(100);
        assertThat(Rig.number(address, "SELECT mean * 10" + first)).isEqualTo(1295);
        assertThat(Rig.number(address, "SELECT high" + first)).isEqualTo(159);
    }

    @Test
    void whatIsOlderThanItIsKeptIsGoneAndSoIsATargetThatIsNotSeenAnyMore() throws Exception {
        store.write(batch(10, new byte[] {1}), NOW);
        store.tidy(NOW.plus(Duration.ofDays(2)), new Retention(Duration.ofHours(1), Duration.ofDays(1)));
        for (String table : List.of("target", "series", "sample", "sample_coarse", "memory", "verdict", "evidence")) {
            assertThat(Rig.count(address, table)).as(table).isZero();
        }
        store.write(batch(10, new byte[] {1}), NOW);
        assertThat(Rig.count(address, "sample")).isEqualTo(10);
    }

    /// Numbers are written one after the other; each scribe goes on where the store ends.
    @Test
    @Tag("slow")
    void killedAtAnyMomentItHasNoHoleAndLacksNoMoreThanTheLastTwoSeconds() throws Exception {
        Random random = new Random(7);
        for (int kill = 0; kill < 3; kill++) {
            Process scribe = scribe();
            // However long a process takes to begin.
            long said = Long.parseLong(scribe.inputReader().readLine());
            long saidEarlier = said;
            long end = System.nanoTime()
                    + Duration.ofMillis(2_200 + random.nextInt(1_500)).toNanos();
            String line;
            while (System.nanoTime() < end && (line = scribe.inputReader().readLine()) != null) {
                said = Long.parseLong(line);
                if (System.nanoTime() < end - Duration.ofSeconds(2).toNanos()) {
                    saidEarlier = said;
                }
            }
            scribe.destroyForcibly().waitFor();
            assertThat(said).isPositive();
            long rows = Rig.count(address, "sample");
            assertThat(Rig.number(address, "SELECT max(value) FROM sample")).isEqualTo(rows - 1);
            assertThat(rows - 1).isBetween(saidEarlier, said + 1_000);
        }
    }

    private Process scribe() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Scribe.class.getName(),
                        address.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Batch batch(int samples, byte[] book) {
        List<Readings> readings = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            readings.add(new Readings(SHOP, Rig.threads(5L * i, 100 + i)));
        }
        return new Batch(
                readings,
                List.of(
                        new Fact.Given(SHOP, Rig.START, "leaking", "threads", "it grows"),
                        new Fact.Observed(SHOP, Rig.START, "jvm 1, threads", "most are named pool-*")),
                Map.of(SHOP, book),
                List.of());
    }
}
