package io.staunch.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.Deployed;
import io.staunch.server.ReleaseBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class KeeperTest {
    @TempDir
    private Path directory;

    @Test
    @Tag("slow")
    void whileTheStoreCanNotBeReachedReadingsWaitAndAreWrittenWhenItIsBack() throws Exception {
        Path blocked = Files.writeString(directory.resolve("folder"), "a file where a folder should be");
        StoreAddress address = StoreAddress.file(blocked.resolve("staunch.db"));
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            for (int i = 0; i < 50; i++) {
                keeper.read(Rig.jvm(7), "shop-api", Rig.threads(i, i));
            }
            await(() -> keeper.health().problem().isPresent());
            assertThat(keeper.health().waiting()).isEqualTo(50);
            assertThat(keeper.health().lost()).isZero();

            Files.delete(blocked);
            await(() -> keeper.health().problem().isEmpty());
            assertThat(keeper.health().waiting()).isZero();
        }
        assertThat(Rig.count(address, "sample")).isEqualTo(50);
    }

    @Test
    void whatWaitsInMemoryIsBoundedAndTheOldestGoesFirst() throws Exception {
        Path blocked = Files.writeString(directory.resolve("folder"), "a file where a folder should be");
        StoreAddress address = StoreAddress.file(blocked.resolve("staunch.db"));
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            for (int i = 0; i < 500_100; i++) {
                keeper.read(Rig.jvm(7), "shop-api", Rig.threads(i, i));
            }
            await(() -> keeper.health().problem().isPresent());
            assertThat(keeper.health().waiting()).isLessThanOrEqualTo(500_000);
            assertThat(keeper.health().lost()).isBetween(100L, 20_100L);
        }
    }

    @Test
    void closingWritesWhatWaits() throws Exception {
        StoreAddress address = StoreAddress.file(directory.resolve("staunch.db"));
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            keeper.read(Rig.jvm(7), "shop-api", Rig.threads(0, 1));
            keeper.learned(Rig.jvm(7), new byte[] {4});
        }
        assertThat(Rig.count(address, "sample")).isEqualTo(1);
        try (Keeper next = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            assertThat(next.remembered(Rig.jvm(7)).orElseThrow().book()).containsExactly(4);
            assertThat(next.remembered(Rig.jvm(8))).isEmpty();
        }
    }

    @Test
    void releasesAreKeptAndKnownToTheNextProcess() throws Exception {
        StoreAddress address = StoreAddress.file(directory.resolve("staunch.db"));
        Deployed release = new Deployed("shop", "2.3.1", Rig.START, "API");
        ReleaseBook first = new ReleaseBook();
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, first)) {
            first.add(List.of(release));
            assertThat(keeper.health().lost()).isZero();
        }
        ReleaseBook next = new ReleaseBook();
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, next)) {
            await(() -> next.all().equals(List.of(release)));
            assertThat(keeper.health().problem()).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(40));
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
