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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The second pass, in parallel over chunks: every object's type, size, position and references. Each chunk's
/// references are collected on their own and joined into one list at the end. O(objects + references).
public final class Linker {
    private static final long MOST_EDGES = 0xFFFF_FFF0L;

    private final DumpBytes bytes;
    private final Outline outline;
    private final HeapIndex index;
    private final Arena arena;
    private final int threads;
    private final Sizes sizes;
    private final ThreadLocals locals;
    private final Ints type;
    private final Ints start;
    private final Ints eighths;
    private final Offsets offsets;
    private final WeakLinks weak = new WeakLinks();
    private final AtomicLong edgeCount = new AtomicLong();
    private final int[][] chunkEdges;
    private final long[] chunkBase;
    private final ReferenceFields fields;

    public Linker(DumpBytes bytes, Outline outline, HeapIndex index, Arena arena, int threads) {
        this.bytes = bytes;
        this.outline = outline;
        this.index = index;
        this.arena = arena;
        this.threads = threads;
        this.sizes = Sizes.infer(bytes, index);
        this.locals = ThreadLocals.of(index);
        int objects = index.ids().size();
        this.type = new Ints(arena, objects);
        this.start = new Ints(arena, objects);
        this.start.fill((byte) -1);
        this.eighths = new Ints(arena, objects);
        this.offsets = new Offsets(arena, objects, bytes.end());
        this.chunkEdges = new int[index.chunks().size()][];
        this.chunkBase = new long[index.chunks().size()];
        this.fields = new ReferenceFields(bytes.idSize());
    }

    /// Reads all references; the graph lives as long as the arena.
    public ObjectGraph link() throws IOException {
        Parallel.run(index.chunks().size(), threads, Chunk::new);
        Ints edges = new Ints(arena, edgeCount.get());
        Parallel.run(chunkEdges.length, threads, () -> number -> {
            int[] part = chunkEdges[number];
            edges.copyFrom(part, part.length, chunkBase[number]);
            chunkEdges[number] = EMPTY;
        });
        return new ObjectGraph(
                bytes,
                outline,
                index,
                sizes,
                new ObjectGraph.Tables(type, start, edges, offsets, eighths, weak),
                rootObjects(),
                locals);
    }

    private static final int[] EMPTY = {};

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
        private int[] edges = new int[1 << 16];
        private int edgesUsed;
        private int[] owners = new int[1 << 14];
        private int[] ownerStarts = new int[1 << 14];
        private int ownersUsed;
        private long lastClassId;
        private @Nullable TypeInfo lastType;

        @Override
        public void piece(int number) throws IOException {
            Outline.Stretch stretch = index.chunks().get(number);
            edgesUsed = 0;
            ownersUsed = 0;
            SubRecords at = new SubRecords(bytes, stretch.start(), stretch.end());
            while (at.next()) {
                switch (at.tag()) {
                    case Tags.INSTANCE -> instance(at);
                    case Tags.OBJECT_ARRAY -> objectArray(at);
                    case Tags.PRIMITIVE_ARRAY -> primitiveArray(at);
                    case Tags.CLASS_DUMP -> classObject(at);
                    default -> {}
                }
            }
            long base = edgeCount.getAndAdd(edgesUsed);
            if (base + edgesUsed > MOST_EDGES) {
                throw new HeapFormatException(
                        bytes.file(), stretch.start(), "at most " + MOST_EDGES + " references", "more");
            }
            for (int i = 0; i < ownersUsed; i++) {
                start.set(owners[i], (int) (base + ownerStarts[i]));
            }
            chunkEdges[number] = Arrays.copyOf(edges, edgesUsed);
            chunkBase[number] = base;
        }

        @Override
        public void finish() {
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

        private void object(int object, TypeInfo itsType, long size, SubRecords at) {
            type.set(object, itsType.number());
            eighths.set(object, (int) (size >>> 3));
            offsets.set(object, at.position());
        }

        private void instance(SubRecords at) {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = typeOf(at.classId());
            object(object, itsType, sizes.instance(itsType), at);
            int first = edgesUsed;
            ReferenceFields.Plan plan = fields.of(itsType);
            int room = plan.offsets().length;
            ensure(room + 1);
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
                edges[edgesUsed++] = itsType.classIndex();
            }
            if (plan.isThread()) {
                stackOf(object);
            }
            close(object, first);
        }

        private void stackOf(int thread) {
            int[] held = locals.of(thread);
            ensure(held.length);
            for (int local : held) {
                edges[edgesUsed++] = local;
            }
        }

        private void edgeTo(long position) {
            long reference = bytes.id(position);
            if (reference != 0) {
                int target = ids.indexOf(reference);
                if (target >= 0) {
                    edges[edgesUsed++] = target;
                }
            }
        }

        private void objectArray(SubRecords at) {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = typeOf(at.classId());
            object(object, itsType, sizes.objectArray(at.length()), at);
            int first = edgesUsed;
            ensure(at.length() + 1);
            long data = at.data();
            for (int i = 0; i < at.length(); i++) {
                edgeTo(data + (long) i * bytes.idSize());
            }
            if (fields.of(itsType).holdsClass() && itsType.classIndex() >= 0) {
                edges[edgesUsed++] = itsType.classIndex();
            }
            close(object, first);
        }

        private void primitiveArray(SubRecords at) {
            int object = ids.indexOf(at.id());
            TypeInfo itsType = types.ofPrimitiveArray(at.elementType());
            object(object, itsType, sizes.primitiveArray(at.elementType(), at.length()), at);
        }

        private void classObject(SubRecords at) {
            int object = ids.indexOf(at.id());
            TypeInfo described = types.ofClass(at.id());
            object(object, types.classType(), sizes.classObject(described), at);
            int first = edgesUsed;
            ensure(described.statics().size() + 8);
            long links = at.position() + 5 + bytes.idSize();
            for (int i = 0; i < 4; i++) {
                edgeTo(links + (long) i * bytes.idSize());
            }
            for (FieldInfo field : described.statics()) {
                if (field.isReference()) {
                    edgeTo(field.offset());
                }
            }
            close(object, first);
        }

        private void ensure(int more) {
            if (edges.length - edgesUsed < more) {
                long larger = Math.max(2L * edges.length, (long) edgesUsed + more);
                edges = Arrays.copyOf(edges, (int) Math.min(larger, Integer.MAX_VALUE - 8));
            }
        }

        private void close(int object, int first) {
            if (edgesUsed == first) {
                return;
            }
            edges[edgesUsed - 1] |= ObjectGraph.LAST;
            if (ownersUsed == owners.length) {
                owners = Arrays.copyOf(owners, owners.length * 2);
                ownerStarts = Arrays.copyOf(ownerStarts, owners.length);
            }
            owners[ownersUsed] = object;
            ownerStarts[ownersUsed++] = first;
        }
    }

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
