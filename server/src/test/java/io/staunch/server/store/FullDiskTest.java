package io.staunch.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.ReleaseBook;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A disk of 4 MB that really is full.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {
    @TempDir
    private Path directory;

    @Test
    void onAFullDiskReadingsWaitWithAWarningAndAreKeptOnceThereIsRoomNeedsTheRightToMount() throws Exception {
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString()));
        try {
            StoreAddress address = StoreAddress.file(directory.resolve("staunch.db"));
            Path filler = directory.resolve("filler");
            try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
                read(keeper, 0, 100);
                await(keeper, () -> keeper.health().waiting() == 0);
                fill(filler);

                read(keeper, 100, 100_000);
                await(keeper, () -> keeper.health().problem().isPresent());
                assertThat(keeper.health().problem().orElseThrow()).containsIgnoringCase("full");
                assertThat(keeper.health().waiting()).isPositive();
                assertThat(keeper.health().lost()).isZero();

                Files.delete(filler);
                read(keeper, 100_000, 100_100);
                await(
                        keeper,
                        () -> keeper.health().problem().isEmpty()
                                && keeper.health().waiting() == 0);
            }
            assertThat(Rig.count(address, "sample")).isEqualTo(100_100);
        } finally {
            run("umount", directory.toString());
        }
    }

    private static void read(Keeper keeper, int from, int to) {
        for (int i = from; i < to; i++) {
            keeper.read(Rig.jvm(7), "shop-api", Rig.threads(i, i));
        }
    }

    /// Until the file system takes no more.
    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static void await(Keeper keeper, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).as("%s", keeper.health()).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
