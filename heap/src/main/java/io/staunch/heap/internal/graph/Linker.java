package io.staunch.heap.internal.graph;

import io.staunch.heap.HeapFormatException;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.SubRecords;
import io.staunch.heap.internal.bytes.Tags;
import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.ObjectIds;
import io.staunch.heap.internal.index.Sizes;
import io.staunch.heap.internal.index.TypeInfo;
import io.staunch.heap.internal.index.TypeTable;
import io.staunch.heap.internal.memory.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The second pass, in parallel over chunks: every object's type, size, position and references. References go
/// straight into one list, of which each thread reserves a stretch at a time. O(objects + references).
public final class Linker {
    private static final long MOST_EDGES = 0xFFFF_FFF0L;
    /// References that a thread reserves room for at a time, at most.
    private static final long STRETCH = 1 << 18;

    private final DumpBytes bytes;
    private final Outline outline;
    private final HeapIndex index;
    private final int threads;
    private final LongConsumer progress;
    private final Sizes sizes;
    private final ThreadLocals locals;
    private final ObjectTable objects;
    private final Offsets offsets;
    private final WeakLinks weak = new WeakLinks();
    private final Ints edges;
    private final long room;
    private final long stretch;
    /// The next free place in the list of edges; place 0 stays empty, for a start of 0 means none.
    private final AtomicLong nextEdge = new AtomicLong(1);
    private final AtomicLong edgeCount = new AtomicLong();
    private final AtomicLong bytesDone = new AtomicLong();
    private final ReferenceFields fields;

    /// `progress` is told how many bytes of the dump are done.
    public Linker(DumpBytes bytes, Outline outline, HeapIndex index, Memory memory, int threads, LongConsumer progress)
            throws HeapFormatException {
        this.bytes = bytes;
        this.outline = outline;
        this.index = index;
        this.threads = threads;
        this.progress = progress;
        this.sizes = Sizes.infer(bytes, index, threads);
        this.locals = ThreadLocals.of(index);
        int size = index.ids().size();
        Arena seldomRead = memory.keptOnDisk();
        this.objects = ObjectTable.of(bytes, memory.kept(), size, index.types().size() + TypeTable.MOST_UNKNOWN);
        this.offsets = new Offsets(seldomRead, size, bytes.end());
        long most = bytes.end() / bytes.idSize() + index.roots().size();
        this.stretch = Math.min(STRETCH, most);
        this.room = Math.min(MOST_EDGES, 2 * most + threads * stretch);
        this.edges = new Ints(seldomRead, room);
        this.fields = new ReferenceFields(bytes.idSize());
    }

    /// Size in bytes of the table that so many objects need in memory.
    public static long tableBytes(long objects) {
        return Longs.bytes(objects);
    }

    /// Reads all references; the graph lives as long as the memory.
    public ObjectGraph link() throws IOException {
        Parallel.run(index.chunks().size(), threads, Chunk::new);
        objects.finish();
        weak.sort();
        return new ObjectGraph(
                bytes,
                outline,
                index,
                sizes,
                new ObjectGraph.Tables(objects, edges, nextEdge.get(), edgeCount.get(), offsets, weak),
                rootObjects(),
                locals);
    }

    /// Objects that a root holds directly, ascending: the dump's roots but those on a live thread's stack, which the
    /// thread holds; and the classes and loaders that can't be unloaded.
    private int[] rootObjects() {
        IntStream dumped = index.roots().stream()
                .filter(root -> !locals.holds(root))
                .mapToInt(root -> index.ids().indexOf(root.id()));
        IntStream classes =
                index.types().all().stream().filter(TypeInfo::isPermanent).mapToInt(TypeInfo::classIndex);
        IntStream loaders = index.types().builtInLoaders().stream()
                .mapToInt(id -> index.ids().indexOf(id));
        return IntStream.concat(dumped, IntStream.concat(classes, loaders))
                .filter(object -> object >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    /// One thread's walk over chunks.
    private final class Chunk implements Parallel.Worker {
        private final ObjectIds ids = index.ids();
        private final TypeTable types = index.types();
        private final WeakLinks foundWeak = new WeakLinks();
        private final ObjectTable.Writer entries = objects.writer();
        private long edgeAt = 1;
        private long edgesEnd;
        private long found;
        private long lastClassId;
        private @Nullable TypeInfo lastType;

        @Override
        public void piece(int number) throws IOException {
            Outline.Stretch piece = index.chunks().get(number);
            SubRecords at = new SubRecords(bytes, piece.start(), piece.end());
            while (at.next()) {
                switch (at.tag()) {
                    case Tags.INSTANCE -> instance(at);
                    case Tags.OBJECT_ARRAY -> objectArray(at);
                    case Tags.PRIMITIVE_ARRAY -> primitiveArray(at);
                    case Tags.CLASS_DUMP -> classObject(at);
                    default -> {}
                }
            }
            bytes.release(piece.start(), piece.end());
            progress.accept(bytesDone.addAndGet(piece.end() - piece.start()));
        }

        @Override
        public void finish() {
            edgeCount.addAndGet(found);
            synchronized (weak) {
                weak.addAll(foundWeak);
            }
        }

        private TypeInfo typeOf(long classId) {
            TypeInfo last = lastType;
            if (last == null || classId != lastClassId) {
                last = types.ofClass(classId);
                lastType = last;
                lastClassId = classId;
            }
            return last;
        }

        private void instance(SubRecords at) throws IOException {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = typeOf(at.classId());
            ReferenceFields.Plan plan = fields.of(itsType);
            int[] held = plan.isThread() ? locals.of(object) : EMPTY;
            ensure(Math.min(plan.offsets().length, (at.length() & 0xFFFF_FFFFL) / bytes.idSize()) + held.length + 1);
            long first = edgeAt;
            long data = at.data();
            long end = data + (at.length() & 0xFFFF_FFFFL) - bytes.idSize();
            for (int offset : plan.offsets()) {
                if (data + offset <= end) {
                    edgeTo(data + offset);
                }
            }
            int referent = plan.referent();
            if (referent >= 0 && data + referent <= end) {
                int target = ids.indexOf(bytes.id(data + referent));
                if (target >= 0) {
                    foundWeak.add(object, target, plan.strength());
                }
            }
            if (plan.holdsClass() && itsType.classIndex() >= 0) {
                add(itsType.classIndex());
            }
            for (int local : held) {
                add(local);
            }
            close(object, first, itsType, sizes.instance(itsType), at);
        }

        private void add(int target) {
            edges.set(edgeAt++, target);
        }

        /// What is not in the dump is written, too, and written over by the next: a branch that is hardly ever taken
        /// would throw away compiled code the first time it is.
        private void edgeTo(long position) {
            long reference = bytes.id(position);
            if (reference != 0) {
                int target = ids.indexOf(reference);
                edges.set(edgeAt, target);
                edgeAt += 1 + (target >> 31);
            }
        }

        private void objectArray(SubRecords at) throws IOException {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = typeOf(at.classId());
            ensure(at.length() + 1L);
            long first = edgeAt;
            long data = at.data();
            for (int i = 0; i < at.length(); i++) {
                edgeTo(data + (long) i * bytes.idSize());
            }
            if (fields.of(itsType).holdsClass() && itsType.classIndex() >= 0) {
                add(itsType.classIndex());
            }
            close(object, first, itsType, sizes.objectArray(at.length()), at);
        }

        private void primitiveArray(SubRecords at) {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = types.ofPrimitiveArray(at.elementType());
            close(object, edgeAt, itsType, sizes.primitiveArray(at.elementType(), at.length()), at);
        }

        private void classObject(SubRecords at) throws IOException {
            int object = ids.indexOf(at.id());
            TypeInfo described = types.ofClass(at.id());
            ensure(described.statics().size() + 8L);
            long first = edgeAt;
            long links = at.position() + 5 + bytes.idSize();
            for (int i = 0; i < 4; i++) {
                edgeTo(links + (long) i * bytes.idSize());
            }
            for (FieldInfo field : described.statics()) {
                if (field.isReference()) {
                    edgeTo(field.offset());
                }
            }
            close(object, first, types.classType(), sizes.classObject(described), at);
        }

        /// Makes sure that so many references fit behind one another; the last of them must not be one that
        /// [#edgeTo] writes.
        private void ensure(long more) throws IOException {
            if (edgesEnd - edgeAt < more) {
                long wanted = Math.max(stretch, more);
                edgeAt = nextEdge.getAndAdd(wanted);
                edgesEnd = edgeAt + wanted;
                if (edgesEnd > room) {
                    throw new HeapFormatException(
                            bytes.file(), bytes.end(), "at most " + room + " references", "more in a damaged dump");
                }
            }
        }

        /// Ends an object whose references started at `first`.
        private void close(int object, long first, TypeInfo itsType, long size, SubRecords at) {
            int start = ObjectGraph.NONE;
            if (edgeAt != first) {
                edges.set(edgeAt - 1, edges.get(edgeAt - 1) | ObjectGraph.LAST);
                start = (int) first;
                found += edgeAt - first;
            }
            entries.set(object, start, itsType.number(), size);
            offsets.set(object, at.position());
        }
    }

    private static final int[] EMPTY = {};

    /// What the graph takes for granted about a class, by name.
    static Optional<WeakLinks.Strength> strengthOf(TypeInfo type) {
        if (type.isA("java.lang.ref.SoftReference")) {
            return Optional.of(WeakLinks.Strength.SOFT);
        }
        if (type.isA("java.lang.ref.WeakReference")) {
            return Optional.of(WeakLinks.Strength.WEAK);
        }
        if (type.isA("java.lang.ref.PhantomReference")) {
            return Optional.of(WeakLinks.Strength.PHANTOM);
        }
        if (type.isA("java.lang.ref.FinalReference")) {
            return Optional.of(WeakLinks.Strength.FINAL);
        }
        return type.isA("java.lang.ref.Reference") ? Optional.of(WeakLinks.Strength.WEAK) : Optional.empty();
    }
}
