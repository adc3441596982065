package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of two dumps of one program, whose objects all moved in between.
class HeapDiffTest {
    private static final String JAR = "/home/a/.m2/repository/org/mail/mail-client/1.0/mail-client-1.0.jar";

    /// A session, its array of 100 bytes, and a reference: built dumps have their objects 64 bytes apart.
    private static final long PER_SESSION = 64 + 128 + 4;

    @TempDir
    Path folder = Path.of("");

    /// A registry of a library with two lists, at addresses that depend on `firstId`.
    private Heap heap(long firstId, int open, int closed) throws IOException {
        HprofBuilder dump = new HprofBuilder(8, firstId, 64);
        dump.type("java.util.ArrayList", "java.lang.Object", List.of("elementData"));
        dump.from(JAR).type("org.mail.Session", "java.lang.Object", List.of("data"));
        long lists = registry(dump, list(dump, open), list(dump, closed));
        dump.from("").type("com.shop.Main", "java.lang.Object", List.of(), Map.of("registry", lists));
        return Heap.open(dump.stickyClass("com.shop.Main").writeTo(folder));
    }

    private static long registry(HprofBuilder dump, long open, long closed) {
        dump.type("org.mail.Registry", "java.lang.Object", List.of("open", "closed"));
        return dump.instance("org.mail.Registry", Map.of("open", open, "closed", closed));
    }

    private static long list(HprofBuilder dump, int size) {
        List<Long> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(dump.instance("org.mail.Session", Map.of("data", dump.bytes(100))));
        }
        return dump.instance("java.util.ArrayList", Map.of("elementData", dump.array(dump.newId(), elements)));
    }

    @Test
    void ofTwoListsOfOneOwnerTheOneThatGrewIsNamed() throws IOException {
        try (Heap before = heap(0x7_0000_0000L, 100, 100);
                Heap after = heap(0x7_8000_0000L, 100, 400)) {
            List<HeapDiff.HolderGrowth> grown =
                    HeapDiff.between(before, after, 10).holders();
            assertThat(grown).hasSize(1);
            assertThat(grown.getFirst().holder()).contains("org.mail.Registry.closed");
            assertThat(grown.getFirst().elementsBefore()).isEqualTo(100);
            assertThat(grown.getFirst().elementsAfter()).isEqualTo(400);
            assertThat(grown.getFirst().bytesGrown()).isBetween(300 * PER_SESSION, 300 * PER_SESSION + 100);
        }
    }

    @Test
    void theLibraryWhoseContainerGrewIsNamed() throws IOException {
        try (Heap before = heap(0x7_0000_0000L, 50, 50);
                Heap after = heap(0x7_8000_0000L, 150, 350)) {
            HeapDiff.LibraryGrowth library =
                    HeapDiff.between(before, after, 10).libraries().getFirst();
            assertThat(library.library().purl()).isEqualTo("pkg:maven/org.mail/mail-client@1.0");
            assertThat(library.bytesGrown()).isBetween(400 * PER_SESSION, 400 * PER_SESSION + 100);
        }
    }

    @Test
    void nothingGrewIfObjectsOnlyMovedOrWent() throws IOException {
        try (Heap before = heap(0x7_0000_0000L, 100, 100);
                Heap after = heap(0x7_8000_0000L, 100, 20)) {
            HeapDiff diff = HeapDiff.between(before, after, 10);
            assertThat(diff.holders()).isEmpty();
            assertThat(diff.types()).isEmpty();
            assertThat(diff.libraries()).isEmpty();
        }
    }
}
