package io.staunch.heap.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFolderTest {
    private static final int BYTES = 100_000;
    private static final long ROOM_FOR_TWO = 2 * BYTES + 1_000;

    @TempDir
    Path folder = Path.of("");

    private Path indexes() {
        return folder.resolve("indexes");
    }

    private IndexFolder twoAtMost() {
        return new IndexFolder(indexes(), ROOM_FOR_TWO);
    }

    private Path dump(String name) throws IOException {
        return Files.writeString(folder.resolve(name), name);
    }

    private Path keep(Path dump, Instant used) throws IOException {
        Path index = twoAtMost()
                .keep(dump, BYTES, out -> out.longs(new long[BYTES / 8], BYTES / 8))
                .file();
        Files.setLastModifiedTime(index, FileTime.from(used));
        return index;
    }

    private boolean isThere(Path dump) {
        try (Arena arena = Arena.ofShared()) {
            return twoAtMost().find(dump, arena).isPresent();
        }
    }

    @Test
    void theLongestUnusedGoesFirst() throws IOException {
        Path first = dump("first");
        Path second = dump("second");
        Path third = dump("third");
        Instant then = Instant.now().minusSeconds(1_000);
        keep(first, then);
        keep(second, then.plusSeconds(1));
        assertThat(isThere(first)).isTrue(); // and used now
        keep(third, Instant.now());
        assertThat(isThere(first)).isTrue();
        assertThat(isThere(second)).isFalse();
        assertThat(isThere(third)).isTrue();
    }

    @Test
    void oneThatFailsLeavesNothingBehindAndTheOldOneInPlace() throws IOException {
        Path dump = dump("dump");
        keep(dump, Instant.now());
        assertThatThrownBy(() -> twoAtMost().keep(dump, BYTES, out -> {
                    out.number(1);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(isThere(dump)).isTrue();
        try (Stream<Path> files = Files.list(indexes())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void oneThatWouldNotFitIsNotBegun() throws IOException {
        Path dump = dump("dump");
        assertThatThrownBy(() -> twoAtMost().keep(dump, ROOM_FOR_TWO + 1, out -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected an index of at most");
        assertThat(indexes()).doesNotExist();
    }

    @Test
    void whatACrashLeftBehindIsSweptAfterADay() throws IOException {
        Files.createDirectories(indexes());
        Path old = Files.writeString(indexes().resolve("crashed.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100_000)));
        Path recent = Files.writeString(indexes().resolve("running.tmp"), "half");
        keep(dump("dump"), Instant.now());
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }
}
