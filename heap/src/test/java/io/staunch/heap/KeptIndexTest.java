package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept of a dump for the next time, on a dump of the JVM that runs this test.
@Tag("slow")
class KeptIndexTest {
    private static final int ROWS = 1_000;
    private static final List<Object> PILE = new ArrayList<>();

    @TempDir
    static Path shared = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private static Path dump = Path.of("");

    @BeforeAll
    static void dump() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            PILE.add(List.of("row " + i, new long[i % 7]));
        }
        dump = shared.resolve("self.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
    }

    private OpenOptions keeping() {
        return OpenOptions.defaults().withIndexes(folder.resolve("indexes"));
    }

    private Path keep(Path file) throws IOException {
        try (Heap heap = Heap.open(file, keeping())) {
            assertThat(heap.index()).isEmpty();
            heap.keepIndex();
            return heap.index().orElseThrow().file();
        }
    }

    private static HeapReport report(Path file, OpenOptions options, boolean fromIndex) throws IOException {
        try (Heap heap = Heap.open(file, options)) {
            assertThat(heap.index().isPresent()).isEqualTo(fromIndex);
            return heap.report(ROWS);
        }
    }

    @Test
    void aSecondOpeningSaysTheSameFromTheIndex() throws IOException {
        HeapReport first;
        try (Heap heap = Heap.open(dump, keeping())) {
            first = heap.report(ROWS);
            heap.keepIndex();
        }
        assertThat(report(dump, keeping(), true)).isEqualTo(first);
    }

    @Test
    void objectsPathsContentsAndTheTreeAreAsWithoutTheIndex() throws IOException {
        keep(dump);
        try (Heap plain = Heap.open(dump);
                Heap kept = Heap.open(dump, keeping())) {
            assertThat(kept.retained(0.001)).isEqualTo(plain.retained(0.001));
            assertThat(kept.waste()).isEqualTo(plain.waste());
            assertThat(kept.instancesOf("java.lang.Thread").map(HeapObject::path))
                    .containsExactlyElementsOf(plain.instancesOf("java.lang.Thread")
                            .map(HeapObject::path)
                            .toList());
            assertThat(kept.holdersOf(List.of("long[]"))).isEqualTo(plain.holdersOf(List.of("long[]")));
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Path index = keep(dump);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index.resolveSibling("."))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(index.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aDamagedIndexIsIgnoredAndReplaced() throws IOException {
        List<LeakSuspect> sound = report(dump, OpenOptions.defaults(), false).suspects();
        Path index = keep(dump);
        byte[] bytes = Files.readAllBytes(index);
        Random random = new Random(7);
        for (int i = 0; i < 8; i++) {
            byte[] damaged = bytes.clone();
            damaged[i < 4 ? random.nextInt(64) : random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(index, damaged);
            assertThat(report(dump, keeping(), false).suspects()).isEqualTo(sound);
        }
        for (int length : new int[] {0, 1, 63, 64, 65, bytes.length / 2, bytes.length - 1}) {
            Files.write(index, Arrays.copyOf(bytes, length));
            assertThat(report(dump, keeping(), false).suspects()).isEqualTo(sound);
        }
        keep(dump);
        assertThat(report(dump, keeping(), true).suspects()).isEqualTo(sound);
    }

    @Test
    void anIndexOfAnotherDumpIsIgnored() throws IOException {
        Path first = Files.copy(dump, folder.resolve("first.hprof"));
        Path second = Files.copy(dump, folder.resolve("second.hprof"));
        Path ofFirst = keep(first);
        Path ofSecond = keep(second);
        assertThat(ofFirst).isNotEqualTo(ofSecond);
        Files.write(first, new byte[1], StandardOpenOption.APPEND);
        assertThat(opensFromIndex(first)).isFalse();
        Files.setLastModifiedTime(second, FileTime.fromMillis(1_000_000));
        assertThat(opensFromIndex(second)).isFalse();
    }

    private boolean opensFromIndex(Path file) throws IOException {
        try (Heap heap = Heap.open(file, keeping())) {
            return heap.index().isPresent();
        }
    }

    @Test
    void aDamagedDumpKeepsNone() throws IOException {
        byte[] whole = Files.readAllBytes(dump);
        Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(whole, whole.length / 2));
        try (Heap heap = Heap.open(cut, keeping())) {
            heap.keepIndex();
            assertThat(heap.warnings()).isNotEmpty();
            assertThat(heap.index()).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsToldAndTheHeapStaysUsable() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("indexes"), "a file");
        try (Heap heap = Heap.open(dump, keeping())) {
            assertThatThrownBy(heap::keepIndex).isInstanceOf(IOException.class);
            assertThat(heap.report(1).objects()).isPositive();
        }
        assertThat(inTheWay).hasContent("a file");
    }
}
