package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A dump in a file of its own is read by windows of 256 KiB, a packed one as a whole from memory; what the
/// builder put in is the oracle for both.
class WindowTest {
    private static final int ARRAYS = 3_000;
    private static final int LONGEST = 2_000;
    private static final int LONGER_THAN_A_WINDOW = 700_000;

    @TempDir
    Path folder = Path.of("");

    /// Many arrays of all lengths, some of them longer than a window, between small objects.
    private static byte[] large(int idSize) {
        HprofBuilder dump = new HprofBuilder(idSize, 0x1000_0000L, 2048);
        dump.type("com.shop.Session", "java.lang.Object", List.of("user", "next"));
        Random random = new Random(3);
        for (int i = 0; i < ARRAYS; i++) {
            long array = dump.bytes(i % 1000 == 500 ? LONGER_THAN_A_WINDOW + i : random.nextInt(LONGEST));
            dump.root(dump.instance("com.shop.Session", Map.of("user", array)));
            dump.array(dump.newId(), List.of(array, array));
        }
        return dump.build();
    }

    private HeapHistogram plain(byte[] dump) throws IOException {
        return Heap.histogram(Files.write(folder.resolve("a.hprof"), dump), OpenOptions.defaults());
    }

    private HeapHistogram packed(byte[] dump) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(dump);
        }
        return Heap.histogram(Files.write(folder.resolve("a.hprof.gz"), bytes.toByteArray()), OpenOptions.defaults());
    }

    private static Map<String, Long> instances(HeapHistogram counted) {
        return counted.types().stream()
                .collect(Collectors.toMap(HeapHistogram.TypeCount::type, HeapHistogram.TypeCount::instances));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void allThatWasPutInIsCounted(int idSize) throws IOException {
        for (HeapHistogram counted : List.of(plain(large(idSize)), packed(large(idSize)))) {
            assertThat(counted.warnings()).isEmpty();
            assertThat(instances(counted))
                    .containsEntry("com.shop.Session", (long) ARRAYS)
                    .containsEntry("byte[]", (long) ARRAYS)
                    .containsEntry("java.lang.Object[]", (long) ARRAYS);
        }
    }

    @Test
    void bytesAreThoseOfTheFullAnalysis() throws IOException {
        HeapHistogram counted = plain(large(8));
        try (Heap heap = Heap.open(folder.resolve("a.hprof"))) {
            assertThat(counted.types())
                    .containsExactlyInAnyOrderElementsOf(heap.report(1000).histogram().stream()
                            .map(use -> new HeapHistogram.TypeCount(use.type(), use.instances(), use.shallow()))
                            .toList());
        }
    }

    @Test
    void aCutOffDumpBreaksAtTheSameByteInAWindowAndInMemory() throws IOException {
        byte[] whole = large(8);
        Random random = new Random(5);
        for (int round = 0; round < 12; round++) {
            byte[] cut = Arrays.copyOf(whole, whole.length / 4 + random.nextInt(whole.length / 2));
            HeapHistogram first = plain(cut);
            HeapHistogram second = packed(cut);
            assertThat(first.warnings()).isNotEmpty();
            assertThat(first.types()).isEqualTo(second.types());
            assertThat(withoutFile(first)).isEqualTo(withoutFile(second));
        }
    }

    private static List<String> withoutFile(HeapHistogram counted) {
        return counted.warnings().stream()
                .map(warning -> warning.replaceFirst("^.*? at byte", "at byte"))
                .toList();
    }
}
