package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The type's number of each object: 2 bytes while 65,536 numbers suffice, else 4.
final class TypeNumbers {
    private static final int MOST_SHORT = 1 << 16;

    private final MemorySegment segment;
    private final boolean narrow;

    TypeNumbers(Arena arena, long objects, int types) {
        narrow = types <= MOST_SHORT;
        segment = arena.allocate(Math.max(1, objects) * (narrow ? 2 : 4), 64);
    }

    private TypeNumbers(MemorySegment segment, boolean narrow) {
        this.segment = segment;
        this.narrow = narrow;
    }

    void write(TableWriter out) throws IOException {
        out.number(narrow ? 1 : 0);
        out.table(segment);
    }

    static TypeNumbers read(TableReader in) {
        boolean narrow = in.number() == 1;
        return new TypeNumbers(in.table(), narrow);
    }

    int get(int object) {
        return narrow
                ? segment.getAtIndex(ValueLayout.JAVA_CHAR, object)
                : segment.getAtIndex(ValueLayout.JAVA_INT, object);
    }

    void set(int object, int number) {
        if (narrow) {
            segment.setAtIndex(ValueLayout.JAVA_CHAR, object, (char) number);
        } else {
            segment.setAtIndex(ValueLayout.JAVA_INT, object, number);
        }
    }
}
