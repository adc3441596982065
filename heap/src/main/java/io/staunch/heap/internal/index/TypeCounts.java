package io.staunch.heap.internal.index;

import io.staunch.heap.HeapHistogram.TypeCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns a [Census] into instances and bytes by type.
public final class TypeCounts {
    private TypeCounts() {}

    /// Types by size, largest first.
    public static List<TypeCount> of(Census census, HeapIndex index, Sizes sizes) {
        TypeTable types = index.types();
        long[] instances = new long[types.size() + TypeTable.MOST_UNKNOWN + 1];
        long[] bytes = new long[instances.length];
        census.each((id, length, count) -> {
            TypeInfo type = id < 0 && id >= -PRIMITIVES ? types.ofPrimitiveArray((int) -id) : types.ofClass(id);
            instances[type.number()] += count;
            bytes[type.number()] += count * size(type, id, length, sizes);
        });
        for (TypeInfo type : types.all()) {
            if (type.classIndex() >= 0) {
                instances[types.classType().number()]++;
                bytes[types.classType().number()] += sizes.classObject(type);
            }
        }
        List<TypeCount> counts = new ArrayList<>();
        for (TypeInfo type : types.all()) {
            if (instances[type.number()] > 0) {
                counts.add(new TypeCount(type.name(), instances[type.number()], bytes[type.number()]));
            }
        }
        counts.sort(Comparator.comparingLong(TypeCount::bytes).reversed().thenComparing(TypeCount::type));
        return counts;
    }

    private static final int PRIMITIVES = 16;

    private static long size(TypeInfo type, long id, long length, Sizes sizes) {
        if (length < 0) {
            return sizes.instance(type);
        }
        return id < 0 && id >= -PRIMITIVES ? sizes.primitiveArray((int) -id, length) : sizes.objectArray(length);
    }
}
