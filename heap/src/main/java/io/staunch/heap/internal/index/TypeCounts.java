package io.staunch.heap.internal.index;

import io.staunch.heap.HeapHistogram.TypeCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns a [Census] into instances and bytes by type.
public final class TypeCounts {
    private final TypeTable types;
    private final Sizes sizes;
    private final long[] instances;
    private final long[] bytes;

    private TypeCounts(TypeTable types, Sizes sizes) {
        this.types = types;
        this.sizes = sizes;
        this.instances = new long[types.size() + TypeTable.MOST_UNKNOWN + 1];
        this.bytes = new long[instances.length];
    }

    /// Types by size, largest first.
    public static List<TypeCount> of(Census census, HeapIndex index, Sizes sizes) {
        TypeCounts counts = new TypeCounts(index.types(), sizes);
        census.each(counts.new Adding());
        counts.addClasses();
        return counts.list();
    }

    private void add(TypeInfo type, long count, long bytesEach) {
        instances[type.number()] += count;
        bytes[type.number()] += count * bytesEach;
    }

    private final class Adding implements Census.Action {
        @Override
        public void instances(long classId, long count) {
            TypeInfo type = types.ofClass(classId);
            add(type, count, sizes.instance(type));
        }

        @Override
        public void objectArrays(long classId, long length, long count) {
            add(types.ofClass(classId), count, sizes.objectArray(length));
        }

        @Override
        public void primitiveArrays(int elementType, long length, long count) {
            add(types.ofPrimitiveArray(elementType), count, sizes.primitiveArray(elementType, length));
        }
    }

    private void addClasses() {
        for (TypeInfo type : types.all()) {
            if (type.classIndex() >= 0) {
                add(types.classType(), 1, sizes.classObject(type));
            }
        }
    }

    private List<TypeCount> list() {
        List<TypeCount> counts = new ArrayList<>();
        for (TypeInfo type : types.all()) {
            if (instances[type.number()] > 0) {
                counts.add(new TypeCount(type.name(), instances[type.number()], bytes[type.number()]));
            }
        }
        counts.sort(Comparator.comparingLong(TypeCount::bytes).reversed().thenComparing(TypeCount::type));
        return counts;
    }
}
