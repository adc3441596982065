package io.staunch.heap.internal.index;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Class id → type, an immutable open-addressing table at most half full.
final class TypeIndex {
    private final long[] keys;
    private final @Nullable TypeInfo[] types;

    TypeIndex(Map<Long, TypeInfo> known) {
        int capacity = Integer.highestOneBit(Math.max(8, known.size() * 4) - 1) << 1;
        keys = new long[capacity];
        types = new TypeInfo[capacity];
        known.forEach((id, type) -> {
            int at = slot(id);
            while (types[at] != null) {
                at = (at + 1) & (keys.length - 1);
            }
            keys[at] = id;
            types[at] = type;
        });
    }

    private int slot(long id) {
        long mixed = id * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }

    @Nullable
    TypeInfo find(long id) {
        int at = slot(id);
        for (TypeInfo type = types[at]; type != null; type = types[at]) {
            if (keys[at] == id) {
                return type;
            }
            at = (at + 1) & (keys.length - 1);
        }
        return null;
    }
}
