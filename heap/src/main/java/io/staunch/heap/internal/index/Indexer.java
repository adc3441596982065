package io.staunch.heap.internal.index;

import io.staunch.heap.HeapFormatException;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.SubRecords;
import io.staunch.heap.internal.bytes.Tags;
import io.staunch.heap.internal.bytes.Window;
import io.staunch.heap.internal.graph.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// The first pass: every object's id into the index, every class into the type table, every root into a list.
/// One sequential walk of each stretch, the stretches in parallel; O(bytes touched) = one cache line an object.
public final class Indexer {
    private static final long CHUNK_BYTES = 8L << 20;
    /// What is worth a thread's turn: so the threads read long runs, and seldom meet on a page of ids.
    private static final long RUN_BYTES = 8L << 20;
    private static final int SAMPLES = 16;
    private static final int RECORDS_PER_SAMPLE = 1 << 12;
    private static final long LEAST_PAGES = 1024;
    private static final long BYTES_OF_DUMP_PER_PAGE = 64 << 10;

    private final DumpBytes bytes;
    private final Outline outline;
    private final int threads;
    private final LongConsumer progress;
    private final AtomicLong bytesDone = new AtomicLong();
    private final TypeTable types;
    private Optional<Census> census = Optional.empty();
    private final List<Long> classes = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();
    private final Map<Integer, Integer> traceOfThread = new HashMap<>();
    private final Map<Integer, Long> threadObjects = new HashMap<>();
    private final List<Outline.Stretch> chunks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /// `progress` is told how many bytes of the dump are done.
    public Indexer(DumpBytes bytes, Outline outline, int threads, LongConsumer progress) {
        this.progress = progress;
        this.bytes = bytes;
        this.outline = outline;
        this.threads = threads;
        this.types = new TypeTable(bytes, outline);
    }

    /// About how many objects the dump holds, from a sample of its stretches.
    public static long estimate(DumpBytes bytes, Outline outline) {
        List<Outline.Stretch> stretches = outline.heap();
        long all = stretches.stream().mapToLong(one -> one.end() - one.start()).sum();
        long walked = 0;
        long objects = 0;
        int step = Math.max(1, stretches.size() / SAMPLES);
        for (int i = 0; i < stretches.size(); i += step) {
            SubRecords at = new SubRecords(
                    bytes, stretches.get(i).start(), stretches.get(i).end());
            for (int n = 0; n < RECORDS_PER_SAMPLE && at.next(); n++) {
                objects += isObject(at.tag()) ? 1 : 0;
            }
            walked += at.position() - stretches.get(i).start();
        }
        return walked <= 0 ? 0 : (long) ((double) objects * all / walked);
    }

    /// The same, and everything counted into `census` on the way.
    public HeapIndex index(Census census) throws IOException {
        this.census = Optional.of(census);
        return index();
    }

    public HeapIndex index() throws IOException {
        BitmapBuilder bitmap = new BitmapBuilder(Math.max(LEAST_PAGES, bytes.end() / BYTES_OF_DUMP_PER_PAGE));
        Parallel.run(threads, threads, () -> new Walk(bitmap.marker()));
        outline.complete();
        chunks.sort(Comparator.comparingLong(Outline.Stretch::start));
        classes.sort(null);
        classes.forEach(types::add);
        Optional<BitmapIds> built = bitmap.build();
        ObjectIds ids = built.isPresent() ? built.get() : sorted();
        types.link(ids);
        types.markPermanent(HeapIndex.stickyClasses(roots));
        roots.sort(Comparator.comparing(Root::kind)
                .thenComparingLong(Root::id)
                .thenComparingInt(Root::thread)
                .thenComparingInt(Root::frame));
        return new HeapIndex(
                ids, types, roots, traceOfThread, threadObjects, List.copyOf(chunks), List.copyOf(warnings));
    }

    /// The fall-back for ids that no bitmap suits: a second walk.
    private SortedIds sorted() {
        long[] all = new long[1024];
        int count = 0;
        for (Outline.Stretch chunk : chunks) {
            SubRecords at = new SubRecords(bytes, chunk.start(), chunk.end());
            while (at.next()) {
                if (isObject(at.tag())) {
                    if (count == all.length) {
                        all = Arrays.copyOf(all, Math.addExact(count, count >> 1));
                    }
                    all[count++] = at.id();
                }
            }
        }
        return new SortedIds(Arrays.copyOf(all, count));
    }

    private static boolean isObject(int tag) {
        return tag >= Tags.CLASS_DUMP && tag <= Tags.PRIMITIVE_ARRAY;
    }

    private final class Walk implements Parallel.Worker {
        /// Tag, id, trace, class, and a length: as much as the longest header of an object takes.
        private final int headerBytes = 9 + 2 * bytes.idSize();

        private final int idSize = bytes.idSize();
        private final BitmapBuilder.Marker marker;
        private final Census counted = new Census();
        private final boolean counts = census.isPresent();
        private final List<Outline.Stretch> done = new ArrayList<>();
        private final List<Long> foundClasses = new ArrayList<>();
        private final List<Root> found = new ArrayList<>();
        private final List<String> damage = new ArrayList<>();

        Walk(BitmapBuilder.Marker marker) {
            this.marker = marker;
        }

        /// Takes runs of stretches until none is left.
        @Override
        public void piece(int number) throws IOException {
            try (Window window = bytes.window()) {
                List<Outline.Stretch> run = outline.more(RUN_BYTES);
                for (; !run.isEmpty(); run = outline.more(RUN_BYTES)) {
                    for (Outline.Stretch stretch : run) {
                        walk(stretch, window);
                        progress.accept(bytesDone.addAndGet(stretch.end() - stretch.start()));
                    }
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException("interrupted while analysing");
                    }
                }
            }
        }

        private void walk(Outline.Stretch stretch, Window window) throws IOException {
            long at = stretch.start();
            long end = stretch.end();
            long chunkStart = at;
            while (at < end) {
                window.show(at, headerBytes);
                long next = objects(window, at, Math.min(window.end() - headerBytes, chunkStart + CHUNK_BYTES), end);
                if (next == at) {
                    next = other(at, end);
                }
                boolean stopped = next == at;
                at = next;
                if (stopped || at - chunkStart >= CHUNK_BYTES || at >= end) {
                    chunk(chunkStart, at);
                    chunkStart = at;
                }
                if (stopped) {
                    return;
                }
            }
        }

        private void chunk(long start, long end) {
            if (end > start) {
                done.add(new Outline.Stretch(start, end));
                bytes.release(start, end);
            }
        }

        /// Takes whole objects while they start before `limit`.
        ///
        /// @return where the first thing starts that is none, or does not fit
        private long objects(Window window, long start, long limit, long end) {
            long at = start;
            while (at < limit) {
                int tag = window.u1(at);
                long next;
                if (tag == Tags.INSTANCE) {
                    next = instance(window, at, end);
                } else if (tag == Tags.PRIMITIVE_ARRAY) {
                    next = primitiveArray(window, at, end);
                } else if (tag == Tags.OBJECT_ARRAY) {
                    next = objectArray(window, at, end);
                } else {
                    return at;
                }
                if (next == at) {
                    return at;
                }
                marker.add(window.id(at + 1));
                at = next;
            }
            return at;
        }

        private long instance(Window window, long at, long end) {
            long next = at + headerBytes + (window.s4(at + 5 + 2L * idSize) & 0xFFFF_FFFFL);
            if (next > end) {
                return at;
            }
            if (counts) {
                counted.instance(window.id(at + 5 + idSize));
            }
            return next;
        }

        private long objectArray(Window window, long at, long end) {
            int length = window.s4(at + 5 + idSize);
            long next = at + headerBytes + (long) length * idSize;
            if (length < 0 || next > end) {
                return at;
            }
            if (counts) {
                counted.objectArray(window.id(at + 9 + idSize), length);
            }
            return next;
        }

        private long primitiveArray(Window window, long at, long end) {
            int length = window.s4(at + 5 + idSize);
            int element = window.u1(at + 9 + idSize);
            int width = Tags.width(element, idSize);
            long next = at + 10 + idSize + (long) length * width;
            if (length < 0 || width < 0 || element == Tags.OBJECT || next > end) {
                return at;
            }
            if (counts) {
                counted.primitiveArray(element, length);
            }
            return next;
        }

        /// Takes one record of any kind.
        ///
        /// @return where the next one starts; the same position when it is damaged
        private long other(long start, long end) {
            SubRecords at = new SubRecords(bytes, start, end);
            if (!at.next()) {
                String[] parts = at.damage().split(", found ", 2);
                damage.add(new HeapFormatException(bytes.file(), start, parts[0], parts[1]).getMessage());
                return start;
            }
            switch (at.tag()) {
                case Tags.CLASS_DUMP -> {
                    marker.add(at.id());
                    foundClasses.add(start);
                }
                case Tags.INSTANCE, Tags.OBJECT_ARRAY, Tags.PRIMITIVE_ARRAY -> {
                    marker.add(at.id());
                    if (counts) {
                        count(at);
                    }
                }
                default -> root(at);
            }
            return at.nextPosition();
        }

        private void count(SubRecords at) {
            switch (at.tag()) {
                case Tags.INSTANCE -> counted.instance(at.classId());
                case Tags.OBJECT_ARRAY -> counted.objectArray(at.classId(), at.length());
                default -> counted.primitiveArray(at.elementType(), at.length());
            }
        }

        private void root(SubRecords at) {
            switch (at.tag()) {
                case Tags.ROOT_STICKY_CLASS -> found.add(new Root(at.id(), Root.Kind.CLASS, 0, -1));
                case Tags.ROOT_THREAD -> thread(at);
                case Tags.ROOT_JAVA_FRAME -> found.add(framed(at, Root.Kind.STACK));
                case Tags.ROOT_JNI_LOCAL -> found.add(framed(at, Root.Kind.JNI_LOCAL));
                case Tags.ROOT_NATIVE_STACK -> found.add(new Root(at.id(), Root.Kind.STACK, bytes.s4(at.data()), -1));
                case Tags.ROOT_THREAD_BLOCK ->
                    found.add(new Root(at.id(), Root.Kind.THREAD_BLOCK, bytes.s4(at.data()), -1));
                case Tags.ROOT_JNI_GLOBAL -> found.add(new Root(at.id(), Root.Kind.JNI_GLOBAL, 0, -1));
                case Tags.ROOT_MONITOR -> found.add(new Root(at.id(), Root.Kind.MONITOR, 0, -1));
                case 0x89 -> found.add(new Root(at.id(), Root.Kind.INTERNED, 0, -1));
                case 0x90, 0xC3, 0xFE -> {}
                default -> found.add(new Root(at.id(), Root.Kind.OTHER, 0, -1));
            }
        }

        private Root framed(SubRecords at, Root.Kind kind) {
            return new Root(at.id(), kind, bytes.s4(at.data()), bytes.s4(at.data() + 4));
        }

        private void thread(SubRecords at) {
            int serial = bytes.s4(at.data());
            found.add(new Root(at.id(), Root.Kind.THREAD, serial, -1));
            synchronized (threadObjects) {
                threadObjects.putIfAbsent(serial, at.id());
                traceOfThread.putIfAbsent(serial, bytes.s4(at.data() + 4));
            }
        }

        @Override
        public void finish() {
            marker.finish();
            synchronized (chunks) {
                census.ifPresent(all -> all.merge(counted));
                chunks.addAll(done);
                classes.addAll(foundClasses);
                roots.addAll(found);
                warnings.addAll(damage);
            }
        }
    }
}
