package io.staunch.heap.internal.report;

import io.staunch.heap.HeapDiff.HolderGrowth;
import io.staunch.heap.HeapDiff.LibraryGrowth;
import io.staunch.heap.HeapDiff.TypeGrowth;
import io.staunch.heap.HeapReport.TypeUse;
import io.staunch.heap.Library;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares what two dumps of one program say.
public final class Growth {
    private Growth() {}

    /// Types whose instances take more than before, most first.
    public static List<TypeGrowth> types(List<TypeUse> before, List<TypeUse> after, int most) {
        Map<String, TypeUse> known = new HashMap<>();
        before.forEach(use -> known.merge(Families.plain(use.type()), use, Growth::sum));
        Map<String, TypeUse> now = new HashMap<>();
        after.forEach(use -> now.merge(Families.plain(use.type()), use, Growth::sum));
        List<TypeGrowth> growths = new ArrayList<>();
        now.forEach((type, use) -> {
            TypeUse old = known.getOrDefault(type, new TypeUse(type, 0, 0, 0));
            growths.add(new TypeGrowth(type, old.instances(), use.instances(), old.shallow(), use.shallow()));
        });
        return growths.stream()
                .filter(growth -> growth.bytesGrown() > 0)
                .sorted(Comparator.comparingLong(TypeGrowth::bytesGrown)
                        .reversed()
                        .thenComparing(TypeGrowth::type))
                .limit(most)
                .toList();
    }

    private static TypeUse sum(TypeUse a, TypeUse b) {
        return new TypeUse(
                a.type(), a.instances() + b.instances(), a.shallow() + b.shallow(), a.retained() + b.retained());
    }

    /// The same growth by the library that owns the container.
    public static List<LibraryGrowth> libraries(List<HolderGrowth> holders) {
        Map<Library, LibraryGrowth> sums = new HashMap<>();
        for (HolderGrowth holder : holders) {
            holder.library()
                    .ifPresent(library -> sums.merge(
                            library,
                            new LibraryGrowth(library, holder.bytesBefore(), holder.bytesAfter()),
                            (a, b) -> new LibraryGrowth(
                                    library, a.bytesBefore() + b.bytesBefore(), a.bytesAfter() + b.bytesAfter())));
        }
        return sums.values().stream()
                .sorted(Comparator.comparingLong(LibraryGrowth::bytesGrown).reversed())
                .toList();
    }
}
