package io.staunch.heap.internal.graph;

import io.staunch.heap.HeapFormatException;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What every walk wants to know of an object, in one look: 8 bytes each, and a sorted list beside them for the few
/// objects larger than 2 KiB. While it is filled, each thread writes through its own [Writer].
///
/// ```
/// u4 where its references start, 0 without any | u3 its type's number | u1 its size in units of 8 bytes, 255 for large
/// ```
final class ObjectTable {
    private static final int LARGE = 0xFF;
    private static final int MOST_TYPES = 1 << 24;

    private final Longs entries;
    private final List<Writer> writers = new ArrayList<>();
    private int[] largeObjects = new int[0];
    private int[] largeEighths = new int[0];

    private ObjectTable(Longs entries) {
        this.entries = entries;
    }

    /// Room for so many objects.
    ///
    /// @throws HeapFormatException when the dump has more types than can be numbered
    static ObjectTable of(DumpBytes bytes, Arena arena, long objects, int types) throws HeapFormatException {
        if (types > MOST_TYPES) {
            throw new HeapFormatException(
                    bytes.file(), bytes.firstRecord(), "at most " + MOST_TYPES + " classes", types + " of them");
        }
        return new ObjectTable(new Longs(arena, objects));
    }

    void write(TableWriter out) throws IOException {
        out.table(entries.segment());
        out.ints(largeObjects, largeObjects.length);
        out.ints(largeEighths, largeEighths.length);
    }

    static ObjectTable read(TableReader in) {
        ObjectTable table = new ObjectTable(new Longs(in.table()));
        table.largeObjects = in.ints();
        table.largeEighths = in.ints();
        return table;
    }

    /// One thread's way in.
    final class Writer {
        private int[] objects = new int[64];
        private int[] eighths = new int[64];
        private int used;

        /// @param start where its references start; 0 without any
        void set(int object, int start, int type, long bytes) {
            long size = bytes >>> 3;
            if (size >= LARGE) {
                large(object, size);
            }
            entries.set(object, (long) start << 32 | (long) type << 8 | Math.min(size, LARGE));
        }

        private void large(int object, long size) {
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

    /// All that is known of an object.
    long get(int object) {
        return entries.get(object);
    }

    /// Size of an object with this entry, in units of 8 bytes.
    long eighths(int object, long entry) {
        int size = (int) entry & LARGE;
        return size < LARGE ? size : large(object);
    }

    private long large(int object) {
        int at = Arrays.binarySearch(largeObjects, object);
        return at < 0 ? LARGE : largeEighths[at] & 0xFFFF_FFFFL;
    }
}
