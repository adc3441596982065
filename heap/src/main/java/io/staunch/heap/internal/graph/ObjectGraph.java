package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.ObjectIds;
import io.staunch.heap.internal.index.Root;
import io.staunch.heap.internal.index.Sizes;
import io.staunch.heap.internal.index.TypeInfo;
import io.staunch.heap.internal.index.TypeTable;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.util.List;

/// The heap as a graph in compressed sparse rows: object i's references start at `start[i]` of one long list of
/// object indices and end at the entry with the top bit set. Referents of weak, soft, final and phantom references
/// are not in that list but in [#weakLinks()]. Immutable; safe for use by several threads until its arena closes.
public final class ObjectGraph {
    /// The bit that marks an object's last reference.
    public static final int LAST = 0x8000_0000;
    /// The start of an object without references.
    public static final int NONE = 0;

    private final DumpBytes bytes;
    private final Outline outline;
    private final HeapIndex index;
    private final Sizes sizes;
    private final Tables tables;
    private final TypeInfo[] types;
    private final int[] roots;
    private final ThreadLocals threads;

    /// The columns of the graph.
    ///
    /// @param edgesEnd the first place in the list of edges that was never reserved
    record Tables(ObjectTable objects, Ints edges, long edgesEnd, long edgeCount, Offsets offsets, WeakLinks weak) {}

    ObjectGraph(
            DumpBytes bytes,
            Outline outline,
            HeapIndex index,
            Sizes sizes,
            Tables tables,
            int[] roots,
            ThreadLocals threads) {
        this.bytes = bytes;
        this.outline = outline;
        this.index = index;
        this.sizes = sizes;
        this.tables = tables;
        this.types = index.types().all().toArray(TypeInfo[]::new);
        this.roots = roots;
        this.threads = threads;
    }

    /// Writes all but the index and what is quickly made again.
    public void write(TableWriter out) throws IOException {
        tables.objects.write(out);
        out.table(tables.edges.segment().asSlice(0, 4 * tables.edgesEnd));
        out.number(tables.edgesEnd);
        out.number(tables.edgeCount);
        tables.offsets.write(out);
        tables.weak.write(out);
        out.ints(roots, roots.length);
    }

    /// What [#write] wrote, of the same dump; it lives as long as the memory that is read from.
    public static ObjectGraph read(TableReader in, DumpBytes bytes, Outline outline, HeapIndex index) {
        ObjectTable objects = ObjectTable.read(in);
        Ints edges = new Ints(in.table());
        Tables tables = new Tables(objects, edges, in.number(), in.number(), Offsets.read(in), WeakLinks.read(in));
        return new ObjectGraph(
                bytes, outline, index, Sizes.infer(bytes, index, 1), tables, in.ints(), ThreadLocals.of(index));
    }

    public int size() {
        return index.ids().size();
    }

    /// Start of references, type and size of an object in one look, for [#startOf], [#typeOf] and [#eighths(int,
    /// long)].
    public long entry(int object) {
        return tables.objects.get(object);
    }

    /// See [#start(int)].
    public static int startOf(long entry) {
        return (int) (entry >>> 32);
    }

    /// See [#typeNumber(int)].
    public static int typeOf(long entry) {
        return (int) entry >>> 8;
    }

    /// Size in the heap in units of 8 bytes of an object with this entry.
    public long eighths(int object, long entry) {
        return tables.objects.eighths(object, entry);
    }

    public int typeNumber(int object) {
        return typeOf(entry(object));
    }

    public TypeInfo type(int object) {
        return types[typeNumber(object)];
    }

    /// Type by number.
    public TypeInfo typeAt(int number) {
        return types[number];
    }

    public int typeCount() {
        return types.length;
    }

    /// Where the object's references start in the list of edges; [#NONE] without any. Unsigned.
    public int start(int object) {
        return startOf(entry(object));
    }

    /// An entry of the list of edges: an object's index, with [#LAST] on an object's last one.
    public int edge(long position) {
        return tables.edges.get(position);
    }

    /// The first place in the list of edges that was never used; all starts lie before it.
    public long edgesEnd() {
        return tables.edgesEnd();
    }

    /// How many references there are; those of weak references not counted.
    public long edgeCount() {
        return tables.edgeCount();
    }

    /// Size in the heap in units of 8 bytes.
    public long eighths(int object) {
        return eighths(object, entry(object));
    }

    /// Size in the heap, in bytes.
    public long shallow(int object) {
        return eighths(object) << 3;
    }

    /// Position of the object's sub-record in the file.
    public long position(int object) {
        return tables.offsets.get(object);
    }

    public WeakLinks weakLinks() {
        return tables.weak;
    }

    /// Objects that are held by a root directly, each once; objects on a thread's stack are held by its thread.
    public int[] roots() {
        return roots;
    }

    public ThreadLocals threads() {
        return threads;
    }

    public ObjectIds ids() {
        return index.ids();
    }

    public TypeTable types() {
        return index.types();
    }

    public List<Root> dumpedRoots() {
        return index.roots();
    }

    public HeapIndex index() {
        return index;
    }

    public Sizes sizes() {
        return sizes;
    }

    public DumpBytes bytes() {
        return bytes;
    }

    public Outline outline() {
        return outline;
    }
}
