package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedDumpTest {
    @TempDir
    Path folder = Path.of("");

    private static byte[] small() {
        HprofBuilder dump = new HprofBuilder();
        List<Long> elements = new ArrayList<>();
        dump.type("com.shop.Session", "java.lang.Object", List.of("user", "next"));
        for (int i = 0; i < 20; i++) {
            elements.add(dump.instance("com.shop.Session", Map.of("user", dump.bytes(10))));
        }
        dump.root(dump.array(dump.newId(), elements));
        dump.instance("java.lang.ref.SoftReference", Map.of("referent", elements.getFirst()));
        return dump.build();
    }

    @Test
    void aTextFileIsNoHeapDump() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "this is no heap dump at all");
        assertThatThrownBy(() -> Heap.open(file))
                .isInstanceOf(HeapFormatException.class)
                .hasMessageContaining("notes.txt at byte 0 (0x0): expected a heap dump");
    }

    @Test
    void anEmptyFileIsNoHeapDump() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.hprof"));
        assertThatThrownBy(() -> Heap.open(file)).hasMessageContaining("found an empty file");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void aGzippedDumpSaysTheSameAsThePlainOne() throws IOException {
        Path plain = Files.write(folder.resolve("plain.hprof"), small());
        Path packed = Files.write(folder.resolve("packed.hprof.gz"), gzip(small()));
        try (Heap first = Heap.open(plain);
                Heap second = Heap.open(packed)) {
            assertThat(second.report(9).histogram()).isEqualTo(first.report(9).histogram());
            assertThat(second.warnings()).isEmpty();
        }
    }

    /// As HotSpot writes it: members that do not depend on each other, the first one with a comment.
    private static byte[] blocks(byte[] plain, int blockBytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int at = 0; at < plain.length; at += blockBytes) {
            byte[] block = Arrays.copyOfRange(plain, at, Math.min(plain.length, at + blockBytes));
            byte[] member = gzip(block);
            member[9] = 0;
            packed.write(member, 0, 3);
            packed.write(at == 0 ? 0x10 : 0);
            packed.write(member, 4, 6);
            packed.write(at == 0 ? "HPROF BLOCKSIZE=512\0".getBytes(StandardCharsets.ISO_8859_1) : new byte[0]);
            packed.write(member, 10, member.length - 10);
        }
        return packed.toByteArray();
    }

    @Test
    void aDumpPackedInBlocksSaysTheSameAsThePlainOne() throws IOException {
        Path plain = Files.write(folder.resolve("plain.hprof"), small());
        Path packed = Files.write(folder.resolve("blocks.hprof.gz"), blocks(small(), 512));
        try (Heap first = Heap.open(plain);
                Heap second = Heap.open(packed)) {
            assertThat(second.report(9).histogram()).isEqualTo(first.report(9).histogram());
            assertThat(second.warnings()).isEmpty();
        }
    }

    @Test
    void aBlockThatIsDamagedEndsThePackedDump() throws IOException {
        byte[] packed = blocks(small(), 512);
        packed[packed.length - 30] ^= 1;
        Path file = Files.write(folder.resolve("broken.hprof.gz"), packed);
        try (Heap heap = Heap.open(file)) {
            assertThat(heap.objects()).isPositive();
            assertThat(heap.warnings()).isNotEmpty();
        }
    }

    @Test
    void aBlockThatPromisesMoreThanItCanHoldTakesNoMemory() throws IOException {
        byte[] packed = blocks(small(), 512);
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(packed.length - 4, 200 << 20);
        Path file = Files.write(folder.resolve("promises.hprof.gz"), packed);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Heap heap = Heap.open(file, OpenOptions.defaults().withThreads(1))) {
            assertThat(heap.objects()).isPositive();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100 << 20);
    }

    @Test
    void aGzippedDumpThatIsCutOffIsReadSoFar() throws IOException {
        byte[] packed = gzip(small());
        Path file = Files.write(folder.resolve("cut.hprof.gz"), Arrays.copyOf(packed, packed.length * 2 / 3));
        try (Heap heap = Heap.open(file)) {
            assertThat(heap.objects()).isPositive();
            assertThat(heap.warnings()).isNotEmpty();
        }
    }

    @Test
    void aHistogramCountsWhatTheFullAnalysisCounts() throws IOException {
        Path file = Files.write(folder.resolve("plain.hprof"), small());
        HeapHistogram counted = Heap.histogram(file, OpenOptions.defaults());
        try (Heap heap = Heap.open(file)) {
            HeapReport full = heap.report(1000);
            assertThat(counted.objects()).isEqualTo(full.objects());
            assertThat(counted.bytes()).isEqualTo(full.bytes());
            assertThat(counted.types())
                    .containsExactlyInAnyOrderElementsOf(full.histogram().stream()
                            .map(use -> new HeapHistogram.TypeCount(use.type(), use.instances(), use.shallow()))
                            .toList());
        }
    }

    @Test
    void aClassIdThatLooksLikeAnElementTypeIsCountedAsAnUnknownClass() throws IOException {
        HprofBuilder dump = new HprofBuilder();
        long classId =
                dump.type("com.shop.Order", "java.lang.Object", List.of()).id();
        dump.root(dump.instance("com.shop.Order", Map.of()));
        byte[] whole = dump.build();
        long wrongId = -3;
        ByteBuffer bytes = ByteBuffer.wrap(whole);
        for (int at = 0; at <= whole.length - Long.BYTES; at++) {
            if (bytes.getLong(at) == classId && whole[at - 13] == 0x21) {
                bytes.putLong(at, wrongId);
            }
        }
        Path file = Files.write(folder.resolve("wrong.hprof"), whole);
        HeapHistogram counted = Heap.histogram(file, OpenOptions.defaults());
        assertThat(counted.types())
                .anySatisfy(count -> assertThat(count.type()).isEqualTo("class 0x" + Long.toHexString(wrongId)));
    }

    @Test
    @Tag("slow")
    void aDumpCutOffAnywhereIsReadSoFarOrRefused() throws IOException {
        byte[] whole = small();
        int read = 0;
        for (int length = 0; length < whole.length; length += 3) {
            Path file = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(whole, length));
            try (Heap heap = Heap.open(file)) {
                heap.report(5);
                assertThat(heap.objects()).isPositive();
                read += heap.warnings().isEmpty() ? 0 : 1;
            } catch (HeapFormatException expected) {
                assertThat(expected).hasMessageContaining("cut.hprof at byte ");
            }
        }
        assertThat(read).as("cut dumps that were read with a warning").isGreaterThan(100);
    }

    @Test
    @Tag("slow")
    void garbageNeitherCrashesNorHangs() throws IOException {
        byte[] whole = small();
        Random random = new Random(7);
        for (int round = 0; round < 1500; round++) {
            byte[] garbled = whole.clone();
            for (int i = 0; i < 1 + round % 8; i++) {
                garbled[19 + random.nextInt(whole.length - 19)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("garbled.hprof"), garbled);
            try (Heap heap = Heap.open(file)) {
                assertThat(heap.report(5).objects()).isPositive();
            } catch (HeapFormatException expected) {
                assertThat(expected).hasMessageContaining(" expected ");
            }
        }
    }
}
