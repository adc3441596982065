package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.util.Arrays;

/// All reachable objects by the kind of their shortest path from a root. A node stands for all objects whose paths run
/// through the same types, and through the same fields where few objects hold them; links that lead from a type back to
/// itself (list nodes, tree nodes, hash chains) stay in one node, so a linked list of any length is one container. Each
/// object belongs to one node: a partition of the heap.
/// Node 0 is above all roots; below it stand classes (each its own node), live threads, and other roots' types.
final class PathTrie {
    private static final int LOOK_BACK = 4;
    private static final int REPEATS = 2;
    private static final int DEEPEST = 96;
    private static final int MOST_NODES = 1 << 21;
    private static final int FEW = 32;

    private final ObjectGraph graph;
    private final Families families;
    private final Reached reached;
    private final PathKinds kinds;

    private int size = 1;
    private int[] parent = new int[1 << 12];
    /// A number of [PathKinds]; for a class that serves as a root, the complement of its type's number.
    private int[] kind = new int[1 << 12];
    private int[] depth = new int[1 << 12];
    private int[] example = new int[1 << 12];
    private long[] entered = new long[1 << 12];
    private long[] count = new long[1 << 12];
    private long[] shallow = new long[1 << 12];

    private long[] keys = new long[1 << 13];
    private int[] values = new int[1 << 13];
    private int used;

    PathTrie(ObjectGraph graph, Families families, Reached reached) {
        this.graph = graph;
        this.families = families;
        this.reached = reached;
        this.kinds = new PathKinds(families.size());
        Arrays.fill(keys, -1);
        kind[0] = -1;
        example[0] = -1;
    }

    private PathTrie(ObjectGraph graph, Families families, Reached reached, TableReader in) {
        this.graph = graph;
        this.families = families;
        this.reached = reached;
        this.kinds = new PathKinds(families.size());
        kinds.read(in);
        parent = in.ints();
        kind = in.ints();
        depth = in.ints();
        example = in.ints();
        entered = in.longs();
        count = in.longs();
        shallow = in.longs();
        size = parent.length;
    }

    /// What [#write] wrote; nothing can be put into it any more.
    static PathTrie read(TableReader in, ObjectGraph graph, Families families, Reached reached) {
        return new PathTrie(graph, families, reached, in);
    }

    void write(TableWriter out) throws IOException {
        kinds.write(out);
        out.ints(parent, size);
        out.ints(kind, size);
        out.ints(depth, size);
        out.ints(example, size);
        out.longs(entered, size);
        out.longs(count, size);
        out.longs(shallow, size);
    }

    /// Puts an object that a root holds below the top; `asClass` gives a class a node of its own. Returns the node.
    int addRoot(int object, boolean asClass) {
        int itsKind = asClass ? ~classType(object) : families.of(graph.typeNumber(object));
        return enter(object, graph.entry(object), child(0, itsKind), 0);
    }

    private int classType(int object) {
        return graph.types().ofClass(graph.ids().idOf(object)).number();
    }

    /// Puts an object with this entry below the node of the one that leads to it. Returns the node.
    int add(int object, long entry, int above) {
        return enter(object, entry, child(above, families.of(ObjectGraph.typeOf(entry))), above);
    }

    /// Puts an object with this entry below the node of the one that leads to it by this field. Returns the node.
    int add(int object, long entry, int above, String field) {
        int itsKind = kinds.of(families.of(ObjectGraph.typeOf(entry)), field);
        return enter(object, entry, child(above, itsKind), above);
    }

    private int enter(int object, long entry, int node, int from) {
        count[node]++;
        shallow[node] += graph.eighths(object, entry) << 3;
        if (node != from) {
            entered[node]++;
            if (example[node] < 0) {
                example[node] = object;
            }
        }
        return node;
    }

    /// Whether the objects of a node are few so far, and no arrays: then the fields that they hold others by are told
    /// apart. Among many alike the types are enough, and looking at fields would cost.
    boolean isOneOfFew(int node) {
        return count[node] <= FEW && (isClass(node) || !isArray(kind[node]));
    }

    boolean has(int object) {
        return reached.node(object) != 0;
    }

    private int child(int above, int itsKind) {
        long key = ((long) above << 32) | (itsKind & 0xFFFF_FFFFL);
        int at = slot(key);
        while (keys[at] != -1) {
            if (keys[at] == key) {
                return values[at];
            }
            at = (at + 1) & (keys.length - 1);
        }
        int node = merged(above, itsKind);
        keys[at] = key;
        values[at] = node;
        if (++used * 2 > keys.length) {
            rehash();
        }
        return node;
    }

    private int slot(long key) {
        long mixed = key * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }

    private void rehash() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        Arrays.fill(keys, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != -1) {
                int at = slot(oldKeys[i]);
                while (keys[at] != -1) {
                    at = (at + 1) & (keys.length - 1);
                }
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    /// The ancestor that a repeated type belongs to, else a new node. A type repeats when it occurred a few links above
    /// with no array between, or twice on the path with arrays.
    private int merged(int above, int itsKind) {
        int matches = 0;
        int nearest = -1;
        boolean array = false;
        int steps = 0;
        for (int at = above; at > 0 && steps < DEEPEST; at = parent[at], steps++) {
            if (kinds.sameFamily(kind[at], itsKind)) {
                if (steps < LOOK_BACK && !array && !isArray(itsKind)) {
                    return at;
                }
                nearest = nearest < 0 ? at : nearest;
                if (++matches >= REPEATS) {
                    return nearest;
                }
            }
            array |= isArray(kind[at]);
        }
        if (depth[above] >= DEEPEST || size >= MOST_NODES) {
            return Math.max(above, 1);
        }
        return append(above, itsKind);
    }

    private boolean isArray(int itsKind) {
        return itsKind >= 0 && families.example(kinds.family(itsKind)).kind() != TypeInfo.Kind.INSTANCES;
    }

    private int append(int above, int itsKind) {
        if (size == parent.length) {
            int larger = size * 2;
            parent = Arrays.copyOf(parent, larger);
            kind = Arrays.copyOf(kind, larger);
            depth = Arrays.copyOf(depth, larger);
            example = Arrays.copyOf(example, larger);
            entered = Arrays.copyOf(entered, larger);
            count = Arrays.copyOf(count, larger);
            shallow = Arrays.copyOf(shallow, larger);
        }
        parent[size] = above;
        kind[size] = itsKind;
        depth[size] = depth[above] + 1;
        example[size] = -1;
        return size++;
    }

    /// Number of nodes; a child's number is larger than its parent's.
    int size() {
        return size;
    }

    /// The node an object belongs to; 0 when nothing strong or soft reaches it.
    int nodeOf(int object) {
        return reached.node(object);
    }

    int parent(int node) {
        return parent[node];
    }

    int depth(int node) {
        return depth[node];
    }

    /// Whether the node is one class that serves as a root.
    boolean isClass(int node) {
        return node > 0 && kind[node] < 0;
    }

    /// The family of the node's objects; java.lang.Class's for a class.
    int family(int node) {
        return kind[node] >= 0
                ? kinds.family(kind[node])
                : families.of(graph.types().classType().number());
    }

    /// The name of the family of the node's objects.
    String nameOf(int node) {
        return families.name(family(node));
    }

    /// The class's own type, for a node that [#isClass].
    TypeInfo classAt(int node) {
        return graph.typeAt(~kind[node]);
    }

    /// The node's path in names of types and fields, the same in every dump of one program.
    String key(int node) {
        StringBuilder key = new StringBuilder();
        for (int at = node; at > 0; at = parent[at]) {
            if (isClass(at)) {
                key.append("class ").append(Families.plain(classAt(at).name()));
            } else {
                key.append(families.name(family(at))).append(kinds.field(kind[at]));
            }
            key.append('/');
        }
        return key.toString();
    }

    /// How many of the node's objects were entered from its parent: its containers.
    long entered(int node) {
        return entered[node];
    }

    long count(int node) {
        return count[node];
    }

    long shallow(int node) {
        return shallow[node];
    }

    /// The first object that was entered from the node's parent.
    int example(int node) {
        return example[node];
    }
}
