package io.staunch.heap.internal.index;

import io.staunch.heap.HeapLayout;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.SubRecords;
import io.staunch.heap.internal.bytes.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Infers the running heap's layout from addresses: the distance to the next object is never less than an object's
/// size, and equal to it wherever objects lie side by side. Walks a sample of the dump, 64 MiB at most.
final class LayoutSample {
    private static final int MOST_CHUNKS = 64;
    private static final long BYTES_PER_CHUNK = 1 << 20;
    private static final int LONG_ARRAY = 32;
    private static final long COMPRESSIBLE = 32L << 30;

    private final DumpBytes bytes;
    private final HeapIndex index;
    private final Map<Integer, Gap> gapByType = new HashMap<>();
    private long addressBits;
    private long highest;
    private int wideReferences;
    private int narrowReferences;
    private long tinyByteArray = Long.MAX_VALUE;
    private long smallByteArray = Long.MAX_VALUE;

    /// The least distance seen behind an instance of a type, and how many were looked at.
    record Gap(long bytes, int samples) {}

    LayoutSample(DumpBytes bytes, HeapIndex index) {
        this.bytes = bytes;
        this.index = index;
        List<Outline.Stretch> chunks = index.chunks();
        int step = Math.max(1, chunks.size() / MOST_CHUNKS);
        for (int c = 0; c < chunks.size(); c += step) {
            look(chunks.get(c));
        }
    }

    private void look(Outline.Stretch chunk) {
        SubRecords at = new SubRecords(bytes, chunk.start(), chunk.end());
        while (at.position() - chunk.start() < BYTES_PER_CHUNK && at.next()) {
            switch (at.tag()) {
                case Tags.INSTANCE -> instance(at);
                case Tags.OBJECT_ARRAY -> objectArray(at);
                case Tags.PRIMITIVE_ARRAY -> primitiveArray(at);
                default -> {}
            }
        }
    }

    private long gap(long id) {
        addressBits |= id;
        highest = Math.max(highest, id);
        return index.ids().gapAfter(id);
    }

    private void instance(SubRecords at) {
        long gap = gap(at.id());
        gapByType.merge(
                index.types().ofClass(at.classId()).number(),
                new Gap(gap, 1),
                (a, b) -> new Gap(Math.min(a.bytes, b.bytes), a.samples + 1));
    }

    private void objectArray(SubRecords at) {
        long gap = gap(at.id());
        if (at.length() >= LONG_ARRAY) {
            if (gap < 8L * at.length()) {
                narrowReferences++;
            } else if (gap < 9L * at.length()) {
                wideReferences++;
            }
        }
    }

    private void primitiveArray(SubRecords at) {
        long gap = gap(at.id());
        if (at.elementType() == Tags.BYTE && at.length() > 0) {
            if (at.length() <= 4) {
                tinyByteArray = Math.min(tinyByteArray, gap);
            } else if (at.length() <= 8) {
                smallByteArray = Math.min(smallByteArray, gap);
            }
        }
    }

    Gap gapOf(TypeInfo type) {
        return gapByType.getOrDefault(type.number(), new Gap(Long.MAX_VALUE, 0));
    }

    HeapLayout layout() {
        if (bytes.idSize() == 4) {
            return new HeapLayout(4, 8, 12, 8);
        }
        boolean mayBeCompressed = wideReferences == 0 && highest < COMPRESSIBLE;
        int references = narrowReferences > 0 || mayBeCompressed ? 4 : 8;
        int alignment = alignment();
        if (tinyByteArray <= 16) {
            return new HeapLayout(references, 8, 12, alignment);
        }
        if (smallByteArray <= 24 || smallByteArray == Long.MAX_VALUE || alignment > 8) {
            return new HeapLayout(references, 12, 16, alignment);
        }
        return integerGap() <= 16
                ? new HeapLayout(references, 12, 16, alignment)
                : new HeapLayout(references, 16, tinyByteArray <= 24 ? 20 : 24, alignment);
    }

    private long integerGap() {
        long least = Long.MAX_VALUE;
        for (TypeInfo type : index.types().all()) {
            if (type.name().equals("java.lang.Integer")) {
                least = Math.min(least, gapOf(type).bytes());
            }
        }
        return least;
    }

    private int alignment() {
        if (index.ids().size() < LONG_ARRAY || addressBits == 0) {
            return 8;
        }
        return Math.clamp(Long.lowestOneBit(addressBits), 8, 256);
    }
}
