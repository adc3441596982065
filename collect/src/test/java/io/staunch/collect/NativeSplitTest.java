package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.internal.Mapping;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeSplitTest {
    private static final long MB = 1 << 20;

    private static Mapping mapping(long start, long size, String permissions, String name, long resident) {
        return new Mapping(
                start, start + size, permissions, name.startsWith("/") ? 7 : 0, name, resident, resident / 3);
    }

    @Test
    void stacksAreAboveTheirGuardAndArenasBelow() {
        NativeSplit split = NativeSplit.of(
                Instant.EPOCH,
                List.of(
                        mapping(0xf8000000L, 128 * MB, "rw-p", "", 100 * MB),
                        mapping(0x7f0000000000L, 16 << 10, "---p", "", 0),
                        mapping(0x7f0000004000L, 1008 << 10, "rw-p", "", 100 << 10),
                        mapping(0x7f0010000000L, 10 * MB, "rw-p", "", 9 * MB),
                        mapping(0x7f0010a00000L, 54 * MB, "---p", "", 0),
                        mapping(0x7f0014000000L, MB, "rw-p", "", MB),
                        mapping(0x7f0020000000L, 8 * MB, "r-xp", "/lib/libjvm.so", 5 * MB),
                        mapping(0x7ffc00000000L, 8 * MB, "rw-p", "[stack]", 64 << 10)),
                new HeapRange(0xf8000000L, 0x100000000L));
        assertThat(split)
                .isEqualTo(new NativeSplit(Instant.EPOCH, 100 * MB, (100 << 10) + (64 << 10), 5 * MB, 10 * MB));
    }

    @Test
    void theHeapOfZgcIsCountedOnceThoughItIsMappedThreeTimes() {
        String heap = "/memfd:java_heap (deleted)";
        NativeSplit split = NativeSplit.of(
                Instant.EPOCH,
                List.of(
                        mapping(0x40000000000L, 128 * MB, "rw-s", heap, 90 * MB),
                        mapping(0x80000000000L, 128 * MB, "rw-s", heap, 90 * MB),
                        mapping(0x100000000000L, 128 * MB, "rw-s", heap, 90 * MB)),
                HeapRange.NONE);
        assertThat(split.heap()).isEqualTo(90 * MB);
    }

    @Test
    void theHeapsBoundsAreTheOuterOnesOfItsGenerations() {
        assertThat(HeapRange.parse("""
                         PSYoungGen      total 31744K [0x00000000fd580000, 0x00000000ff680000, 0x0000000100000000)
                         ParOldGen       total 87552K [0x00000000f8000000, 0x00000000fd580000, 0x00000000fd580000)
                         Metaspace       used 131K, committed 320K, reserved 1114112K
                        """)).isEqualTo(new HeapRange(0xf8000000L, 0x100000000L));
        assertThat(HeapRange.parse(" ZHeap           used 28M, capacity 128M, max capacity 128M")
                        .isEmpty())
                .isTrue();
    }
}
