package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.heap.internal.memory.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder = Path.of("");

    private Path dump() throws IOException {
        HprofBuilder dump = new HprofBuilder();
        dump.type("com.shop.Session", "java.lang.Object", List.of("user", "next"));
        List<Long> elements = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            elements.add(dump.instance("com.shop.Session", Map.of("user", dump.bytes(10))));
        }
        dump.root(dump.array(dump.newId(), elements));
        return Files.write(folder.resolve("sessions.hprof"), dump.build());
    }

    @Test
    void whatExceedsTheLimitLiesInFilesWithoutAName() throws IOException {
        try (Memory memory = new Memory(3 * MIB, folder)) {
            MemorySegment first = memory.kept().allocate(2 * MIB, 8);
            MemorySegment second = memory.kept().allocate(2 * MIB, 8);
            assertThat(first.isMapped()).isFalse();
            assertThat(second.isMapped()).isTrue();
            second.set(ValueLayout.JAVA_LONG, 2 * MIB - 8, 42);
            assertThat(second.get(ValueLayout.JAVA_LONG, 2 * MIB - 8)).isEqualTo(42);
            assertThat(memory.peakBytes()).isEqualTo(2 * MIB);
            assertThat(memory.peakOnDiskBytes()).isEqualTo(2 * MIB);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void whatWasPreparedIsHandedOutOnceEmptyAndCountedOnce() {
        try (Memory memory = new Memory(5 * MIB, folder)) {
            memory.prepare(MIB, 2 * MIB, 3 * MIB);
            MemorySegment prepared;
            try (Arena arena = memory.arena()) {
                prepared = arena.allocate(2 * MIB, 8);
                assertThat(prepared.isMapped()).isFalse();
                assertThat(prepared.mismatch(MemorySegment.ofArray(new byte[(int) (2 * MIB)])))
                        .isEqualTo(-1);
                assertThat(memory.peakBytes()).isEqualTo(3 * MIB);
                MemorySegment another = arena.allocate(2 * MIB, 8);
                assertThat(another.address()).isNotEqualTo(prepared.address());
                assertThat(memory.peakBytes()).isEqualTo(5 * MIB);
                assertThat(arena.allocate(3 * MIB, 8).isMapped()).isTrue();
            }
            assertThat(prepared.scope().isAlive()).isFalse();
            assertThat(memory.kept().allocate(4 * MIB, 8).isMapped()).isFalse();
        }
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        try (Memory memory = new Memory(3 * MIB, folder)) {
            for (int i = 0; i < 5; i++) {
                try (Arena arena = memory.arena()) {
                    assertThat(arena.allocate(2 * MIB, 8).isMapped()).isFalse();
                }
            }
            assertThat(memory.peakBytes()).isEqualTo(2 * MIB);
        }
    }

    @Test
    void tooLittleMemoryIsRefusedBeforeItStartsWithWhatItTakes() throws IOException {
        Path file = dump();
        OpenOptions tight = OpenOptions.defaults().withMemory(MIB);
        assertThatThrownBy(() -> Heap.open(file, tight))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sessions.hprof: expected at least ")
                .hasMessageContaining("MiB of memory, found 1 MiB allowed");
    }

    @Test
    void theLeastMemoryGivesTheSameReport() throws IOException {
        Path file = dump();
        try (Heap plenty = Heap.open(file);
                Heap tight = Heap.open(file, OpenOptions.defaults().withMemory(128 * MIB))) {
            assertThat(tight.report(9)).isEqualTo(plenty.report(9));
        }
    }
}
