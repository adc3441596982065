package io.staunch.heap.internal.report;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for what a step of a path leads to: a family of types, or a family by a certain field. The first numbers are
/// the families' own. Two maps of one owner are two kinds, so that what piles up in one is not told of the other.
final class PathKinds {
    private final int families;
    private final Map<String, Integer> known = new HashMap<>();
    private final List<Integer> familyOf = new ArrayList<>();
    private final List<String> fieldOf = new ArrayList<>();

    PathKinds(int families) {
        this.families = families;
    }

    void write(TableWriter out) throws IOException {
        out.number(familyOf.size());
        for (int i = 0; i < familyOf.size(); i++) {
            out.number(familyOf.get(i));
            out.text(fieldOf.get(i));
        }
    }

    /// Takes over what [#write] wrote; to be called on an empty one.
    void read(TableReader in) {
        for (long left = in.number(); left > 0; left--) {
            of(in.integer(), in.text());
        }
    }

    int of(int family, String field) {
        return known.computeIfAbsent(family + " " + field, key -> {
            familyOf.add(family);
            fieldOf.add(field);
            return families + familyOf.size() - 1;
        });
    }

    int family(int kind) {
        return kind < families ? kind : familyOf.get(kind - families);
    }

    /// `.sessions`; empty for a family however it is reached.
    String field(int kind) {
        return kind < families ? "" : "." + fieldOf.get(kind - families);
    }

    /// Whether both lead to the same family; a class that serves as a root is only itself.
    boolean sameFamily(int one, int other) {
        return one == other || (one >= 0 && other >= 0 && family(one) == family(other));
    }
}
