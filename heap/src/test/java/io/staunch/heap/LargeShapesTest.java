package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shapes that end a recursion or a quadratic search: ten million objects in one chain, ten million below one array.
@Tag("slow")
class LargeShapesTest {
    private static final int COUNT = 10_000_000;
    private static final long FIRST = 0x10_0000_0000L;
    private static final int STEP = 16;

    @TempDir
    Path folder = Path.of("");

    /// Writes what the builder made, then what `more` adds as a segment of its own.
    private Path dump(HprofBuilder builder, long bytes, Writing more) throws IOException {
        Path file = folder.resolve("large.hprof");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
            out.write(builder.build());
            out.writeByte(0x1C);
            out.writeInt(0);
            out.writeInt(Math.toIntExact(bytes));
            more.to(out);
        }
        return file;
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static long node(int number) {
        return FIRST + (long) number * STEP;
    }

    private static void instance(DataOutputStream out, long id, long type, long next) throws IOException {
        out.writeByte(0x21);
        out.writeLong(id);
        out.writeInt(0);
        out.writeLong(type);
        out.writeInt(8);
        out.writeLong(next);
    }

    @Test
    void aListOfTenMillionElementsRetainsItself() throws IOException {
        HprofBuilder builder = new HprofBuilder();
        long type = builder.type("com.shop.Visit", "java.lang.Object", List.of("before"))
                .id();
        builder.type("com.shop.Log", "java.lang.Object", List.of(), Map.of("LAST", node(0)));
        builder.stickyClass("com.shop.Log");
        builder.stickyClass("com.shop.Visit");
        builder.stickyClass("java.lang.Object[]");
        Path file = dump(builder, COUNT * 33L, out -> {
            for (int i = 0; i < COUNT; i++) {
                instance(out, node(i), type, i + 1 < COUNT ? node(i + 1) : 0);
            }
        });
        try (Heap heap = Heap.open(file)) {
            HeapReport report = heap.report(3);
            HeapReport.TypeUse visits = report.histogram().stream()
                    .filter(use -> use.type().equals("com.shop.Visit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(visits.instances()).isEqualTo(COUNT);
            assertThat(visits.retained()).isEqualTo(visits.shallow());
            assertThat(report.suspects().getFirst().type()).isEqualTo("com.shop.Visit");
            assertThat(report.suspects().getFirst().retained()).isEqualTo(visits.retained());
        }
    }

    @Test
    void aStarOfTenMillionElementsIsHeldByItsMiddle() throws IOException {
        HprofBuilder builder = new HprofBuilder();
        long type = builder.type("com.shop.Visit", "java.lang.Object", List.of("before"))
                .id();
        long array = builder.newId();
        builder.type("com.shop.Log", "java.lang.Object", List.of(), Map.of("ALL", array));
        builder.stickyClass("com.shop.Log");
        builder.stickyClass("com.shop.Visit");
        builder.stickyClass("java.lang.Object[]");
        long arrays = builder.type("java.lang.Object[]").id();
        Path file = dump(builder, COUNT * 41L + 25, out -> {
            out.writeByte(0x22);
            out.writeLong(array);
            out.writeInt(0);
            out.writeInt(COUNT);
            out.writeLong(arrays);
            for (int i = 0; i < COUNT; i++) {
                out.writeLong(node(i));
            }
            for (int i = 0; i < COUNT; i++) {
                instance(out, node(i), type, node((i + 1) % COUNT));
            }
        });
        try (Heap heap = Heap.open(file)) {
            HeapReport report = heap.report(3);
            HeapReport.BigObject biggest = report.biggest().stream()
                    .filter(one -> one.id() == array)
                    .findFirst()
                    .orElseThrow();
            HeapReport.TypeUse visits = report.histogram().stream()
                    .filter(use -> use.type().equals("com.shop.Visit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(biggest.retained()).isEqualTo(biggest.shallow() + visits.shallow());
            assertThat(visits.retained()).isEqualTo(visits.shallow());
        }
    }
}
