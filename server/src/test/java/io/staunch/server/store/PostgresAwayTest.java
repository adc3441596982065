package io.staunch.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.ReleaseBook;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server that ends under a daemon, and is started again.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PostgresAwayTest {
    @TempDir
    private Path directory;

    @Test
    void whatCameInWhileTheServerWasDownIsKeptWhenItIsBack() throws Exception {
        EmbeddedPostgres server = start(0);
        int port = server.getPort();
        StoreAddress address =
                new StoreAddress(server.getJdbcUrl("postgres", "postgres"), Optional.empty(), Optional.empty());
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            read(keeper, 0, 100);
            await(
                    keeper,
                    () -> keeper.health().waiting() == 0
                            && keeper.health().problem().isEmpty());

            kill();
            server.close();
            await(keeper, () -> !answers(port));
            read(keeper, 100, 200);
            await(keeper, () -> keeper.health().problem().isPresent());
            assertThat(keeper.health().waiting()).isEqualTo(100);
            assertThat(keeper.remembered(Rig.jvm(8))).isEmpty();

            server = start(port);
            await(
                    keeper,
                    () -> keeper.health().problem().isEmpty() && keeper.health().waiting() == 0);
            assertThat(keeper.health().lost()).isZero();
            assertThat(Rig.count(address, "sample")).isEqualTo(200);
        } finally {
            server.close();
        }
    }

    /// As it is installed: what was committed outlives a kill, which the settings for tests give up.
    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /// With all of its processes, so that it can begin anew at once.
    private void kill() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                .getFirst());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        Stream.concat(Stream.of(server), server.descendants()).toList().forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean answers(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void read(Keeper keeper, int from, int to) {
        for (int i = from; i < to; i++) {
            keeper.read(Rig.jvm(7), "shop-api", Rig.threads(i, i));
        }
    }

    private static void await(Keeper keeper, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).as("%s", keeper.health()).isTrue();
    }
}
