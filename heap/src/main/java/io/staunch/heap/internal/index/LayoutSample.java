package io.staunch.heap.internal.index;

import io.staunch.heap.HeapLayout;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.SubRecords;
import io.staunch.heap.internal.bytes.Tags;
import io.staunch.heap.internal.graph.Parallel;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Infers the running heap's layout from addresses: the distance to the next object is never less than an object's
/// size, and equal to it wherever objects lie side by side. Walks a sample of the dump, 64 MiB at most.
final class LayoutSample {
    private static final int MOST_CHUNKS = 64;
    private static final long BYTES_PER_CHUNK = 1 << 20;
    private static final int LONG_ARRAY = 32;
    private static final long COMPRESSIBLE = 32L << 30;

    private final DumpBytes bytes;
    private final HeapIndex index;
    private final Look all;

    /// The least distance seen behind an instance of a type, and how many were looked at.
    record Gap(long bytes, int samples) {}

    /// Looks with so many threads.
    LayoutSample(DumpBytes bytes, HeapIndex index, int threads) {
        this.bytes = bytes;
        this.index = index;
        this.all = new Look();
        int chunks = index.chunks().size();
        int step = Math.max(1, chunks / MOST_CHUNKS);
        try {
            Parallel.run((chunks + step - 1) / step, threads, () -> new Look(step));
        } catch (IOException e) {
            throw (CancellationException) new CancellationException("interrupted while sampling").initCause(e);
        }
    }

    /// What one thread has seen; only least values and sums, so that any order of adding up says the same.
    private final class Look implements Parallel.Worker {
        private final int step;
        /// By type number, the least distance seen, and how many were looked at.
        private long[] gaps = new long[0];

        private int[] samples = new int[0];
        private long lastClassId;
        private @Nullable TypeInfo lastType;
        private long addressBits;
        private long highest;
        private int wideReferences;
        private int narrowReferences;
        private long tinyByteArray = Long.MAX_VALUE;
        private long smallByteArray = Long.MAX_VALUE;

        Look() {
            this(1);
        }

        Look(int step) {
            this.step = step;
        }

        @Override
        public void piece(int number) {
            Outline.Stretch chunk = index.chunks().get(number * step);
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

        @Override
        public void finish() {
            synchronized (all) {
                all.add(this);
            }
        }

        private void add(Look other) {
            for (int type = 0; type < other.gaps.length; type++) {
                note(type, other.gaps[type], other.samples[type]);
            }
            addressBits |= other.addressBits;
            highest = Math.max(highest, other.highest);
            wideReferences += other.wideReferences;
            narrowReferences += other.narrowReferences;
            tinyByteArray = Math.min(tinyByteArray, other.tinyByteArray);
            smallByteArray = Math.min(smallByteArray, other.smallByteArray);
        }

        private void note(int type, long gap, int seen) {
            if (type >= gaps.length) {
                int before = gaps.length;
                gaps = Arrays.copyOf(gaps, type + 1 + type / 2);
                samples = Arrays.copyOf(samples, gaps.length);
                Arrays.fill(gaps, before, gaps.length, Long.MAX_VALUE);
            }
            gaps[type] = Math.min(gaps[type], gap);
            samples[type] += seen;
        }

        private long gap(long id) {
            addressBits |= id;
            highest = Math.max(highest, id);
            return index.ids().gapAfter(id);
        }

        private void instance(SubRecords at) {
            long gap = gap(at.id());
            note(typeOf(at.classId()).number(), gap, 1);
        }

        private TypeInfo typeOf(long classId) {
            TypeInfo last = lastType;
            if (last == null || classId != lastClassId) {
                last = index.types().ofClass(classId);
                lastType = last;
                lastClassId = classId;
            }
            return last;
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
    }

    Gap gapOf(TypeInfo type) {
        int number = type.number();
        return number < all.gaps.length ? new Gap(all.gaps[number], all.samples[number]) : new Gap(Long.MAX_VALUE, 0);
    }

    HeapLayout layout() {
        if (bytes.idSize() == 4) {
            return new HeapLayout(4, 8, 12, 8);
        }
        boolean mayBeCompressed = all.wideReferences == 0 && all.highest < COMPRESSIBLE;
        int references = all.narrowReferences > 0 || mayBeCompressed ? 4 : 8;
        int alignment = alignment();
        if (all.tinyByteArray <= 16) {
            return new HeapLayout(references, 8, 12, alignment);
        }
        if (all.smallByteArray <= 24 || all.smallByteArray == Long.MAX_VALUE || alignment > 8) {
            return new HeapLayout(references, 12, 16, alignment);
        }
        return integerGap() <= 16
                ? new HeapLayout(references, 12, 16, alignment)
                : new HeapLayout(references, 16, all.tinyByteArray <= 24 ? 20 : 24, alignment);
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
        if (index.ids().size() < LONG_ARRAY || all.addressBits == 0) {
            return 8;
        }
        return Math.clamp(Long.lowestOneBit(all.addressBits), 8, 256);
    }
}
