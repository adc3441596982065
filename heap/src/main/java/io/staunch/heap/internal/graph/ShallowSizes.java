package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Each object's size in units of 8 bytes: one byte, and an entry in a sorted list for the few larger than 2 KiB.
/// While it is filled, each thread writes through its own [Writer].
final class ShallowSizes {
    private static final int LARGE = 0xFF;

    private final MemorySegment segment;
    private final List<Writer> writers = new ArrayList<>();
    private int[] largeObjects = new int[0];
    private int[] largeEighths = new int[0];

    ShallowSizes(Arena arena, long objects) {
        segment = arena.allocate(Math.max(1, objects), 64);
    }

    private ShallowSizes(MemorySegment segment) {
        this.segment = segment;
    }

    void write(TableWriter out) throws IOException {
        out.table(segment);
        out.ints(largeObjects, largeObjects.length);
        out.ints(largeEighths, largeEighths.length);
    }

    static ShallowSizes read(TableReader in) {
        ShallowSizes sizes = new ShallowSizes(in.table());
        sizes.largeObjects = in.ints();
        sizes.largeEighths = in.ints();
        return sizes;
    }

    /// One thread's way in.
    final class Writer {
        private int[] objects = new int[64];
        private int[] eighths = new int[64];
        private int used;

        void set(int object, long bytes) {
            long size = bytes >>> 3;
            if (size < LARGE) {
                segment.set(ValueLayout.JAVA_BYTE, object, (byte) size);
                return;
            }
            segment.set(ValueLayout.JAVA_BYTE, object, (byte) LARGE);
            if (used == objects.length) {
                objects = Arrays.copyOf(objects, Math.addExact(used, used));
                eighths = Arrays.copyOf(eighths, objects.length);
            }
            objects[used] = object;
            eighths[used++] = (int) Math.min(size, 0xFFFF_FFFFL);
        }
    }

    synchronized Writer writer() {
        Writer writer = new Writer();
        writers.add(writer);
        return writer;
    }

    /// To be called once all writers are done. An object that was written twice keeps one of its sizes.
    void finish() {
        long[] pairs = new long[writers.stream().mapToInt(writer -> writer.used).sum()];
        int at = 0;
        for (Writer writer : writers) {
            for (int i = 0; i < writer.used; i++) {
                pairs[at++] = (long) writer.objects[i] << 32 | (writer.eighths[i] & 0xFFFF_FFFFL);
            }
        }
        writers.clear();
        Arrays.sort(pairs);
        largeObjects = new int[at];
        largeEighths = new int[at];
        for (int i = 0; i < at; i++) {
            largeObjects[i] = (int) (pairs[i] >>> 32);
            largeEighths[i] = (int) pairs[i];
        }
    }

    /// In units of 8 bytes.
    long eighths(int object) {
        int size = segment.get(ValueLayout.JAVA_BYTE, object) & 0xFF;
        return size < LARGE ? size : large(object);
    }

    private long large(int object) {
        int at = Arrays.binarySearch(largeObjects, object);
        return at < 0 ? LARGE : largeEighths[at] & 0xFFFF_FFFFL;
    }
}
