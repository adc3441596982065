package io.staunch.heap.internal.index;

import io.staunch.heap.HeapLayout;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sizes of objects in the running heap. An instance's size is computed by HotSpot's field layout (superclasses
/// first, large fields first, gaps filled) and corrected by the least distance seen between neighbours, which also
/// shows fields that the JVM injects. Safe for use by several threads.
public final class Sizes {
    private static final int ENOUGH_SAMPLES = 16;
    private static final int MOST_INJECTED_BYTES = 16;

    private final HeapLayout layout;
    private final int idSize;
    private final long[] byType;
    private final long classBase;

    private Sizes(HeapLayout layout, int idSize, long[] byType, long classBase) {
        this.layout = layout;
        this.idSize = idSize;
        this.byType = byType;
        this.classBase = classBase;
    }

    /// Looks at a sample of the dump with so many threads, then fixes the size of every type's instances.
    public static Sizes infer(DumpBytes bytes, HeapIndex index, int threads) {
        LayoutSample sample = new LayoutSample(bytes, index, threads);
        HeapLayout layout = sample.layout();
        Map<TypeInfo, Filling> fillings = new HashMap<>();
        List<TypeInfo> types = index.types().all();
        long[] byType = new long[types.size()];
        for (TypeInfo type : types) {
            byType[type.number()] = instanceBytes(type, layout, sample, fillings);
        }
        TypeInfo mirror = index.types().classType();
        return new Sizes(layout, bytes.idSize(), byType, layout.align(fill(mirror, layout, fillings).end));
    }

    private static long instanceBytes(
            TypeInfo type, HeapLayout layout, LayoutSample sample, Map<TypeInfo, Filling> fillings) {
        long computed = layout.align(fill(type, layout, fillings).end);
        LayoutSample.Gap gap = sample.gapOf(type);
        if (gap.bytes() < computed) {
            return Math.max(gap.bytes(), layout.align(layout.headerBytes()));
        }
        boolean injected = gap.samples() >= ENOUGH_SAMPLES && gap.bytes() <= computed + MOST_INJECTED_BYTES;
        return injected ? gap.bytes() : computed;
    }

    /// Where a class's fields end, and the gaps that they left.
    private record Filling(long end, List<long[]> gaps) {}

    private static Filling fill(TypeInfo type, HeapLayout layout, Map<TypeInfo, Filling> known) {
        Filling done = known.get(type);
        if (done != null) {
            return done;
        }
        TypeInfo superType = type.superType();
        Filling start =
                superType == null ? new Filling(layout.headerBytes(), List.of()) : fill(superType, layout, known);
        Placement placement = new Placement(start);
        type.fields().stream()
                .map(field -> fieldBytes(field, layout))
                .sorted(Comparator.reverseOrder())
                .forEach(placement::put);
        injected(type, layout).forEach(placement::put);
        Filling filling = new Filling(placement.end, placement.gaps);
        known.put(type, filling);
        return filling;
    }

    /// Fields that HotSpot adds to classes of its own and that no dump lists (javaClasses.hpp).
    private static List<Integer> injected(TypeInfo type, HeapLayout layout) {
        int reference = layout.referenceBytes();
        return switch (type.name()) {
            case "java.lang.Class" -> List.of(8, 8, 4, 4, reference, reference, reference);
            case "java.lang.ClassLoader" -> List.of(8);
            default -> List.of();
        };
    }

    private static int fieldBytes(FieldInfo field, HeapLayout layout) {
        return field.isReference() ? layout.referenceBytes() : Math.max(1, Tags.width(field.basicType(), 8));
    }

    /// Puts fields one by one: into the first gap that fits, else at the end.
    private static final class Placement {
        private long end;
        private final List<long[]> gaps = new ArrayList<>();

        Placement(Filling start) {
            end = start.end;
            start.gaps.forEach(gap -> gaps.add(gap.clone()));
        }

        void put(int bytes) {
            for (int i = 0; i < gaps.size(); i++) {
                long[] gap = gaps.get(i);
                long inGap = (gap[0] + bytes - 1) / bytes * bytes;
                if (inGap + bytes <= gap[1]) {
                    if (gap[0] < inGap) {
                        gaps.add(new long[] {gap[0], inGap});
                    }
                    gap[0] = inGap + bytes;
                    return;
                }
            }
            long at = (end + bytes - 1) / bytes * bytes;
            if (at > end) {
                gaps.add(new long[] {end, at});
            }
            end = at + bytes;
        }
    }

    public HeapLayout layout() {
        return layout;
    }

    /// Bytes of an instance of this type.
    public long instance(TypeInfo type) {
        return type.number() < byType.length
                ? byType[type.number()]
                : layout.align(layout.headerBytes() + (long) type.dumpedBytes());
    }

    public long objectArray(long length) {
        return layout.arrayBytes(length, layout.referenceBytes());
    }

    public long primitiveArray(int elementType, long length) {
        return layout.arrayBytes(length, Math.max(1, Tags.width(elementType, idSize)));
    }

    /// Bytes of a java.lang.Class object: the static fields come after the aligned end of its own fields
    /// (instanceMirrorKlass.hpp). What a dump lists as `<resolved_references>` or `<init_lock>` is no static field.
    public long classObject(TypeInfo described) {
        long end = classBase;
        for (FieldInfo field : described.statics()) {
            if (!field.name().startsWith("<")) {
                end += fieldBytes(field, layout);
            }
        }
        return layout.align(end);
    }
}
