package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.GroupUse;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Sums of all reachable objects by a group of their types. In the dominator tree's order an object's own are the
/// positions that follow it, so one end for each group is enough not to count anything twice.
final class Grouping {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] groupOf;
    private final long[] classes;
    private final long[] instances;
    private final long[] shallow;
    private final long[] retained;
    private final int[] end;

    Grouping(ObjectGraph graph, Function<TypeInfo, String> name) {
        groupOf = new int[graph.typeCount()];
        for (int t = 0; t < groupOf.length; t++) {
            groupOf[t] = numbers.computeIfAbsent(name.apply(graph.typeAt(t)), n -> numbers.size());
        }
        classes = new long[numbers.size()];
        instances = new long[numbers.size()];
        shallow = new long[numbers.size()];
        retained = new long[numbers.size()];
        end = new int[numbers.size()];
        Arrays.fill(end, -1);
        for (int group : groupOf) {
            classes[group]++;
        }
    }

    /// Adds the object of a type at a position; positions must come in ascending order.
    ///
    /// @param lastOwned position of the last object that this one retains
    void add(int type, int position, int lastOwned, long itsShallow, long itsRetained) {
        int group = groupOf[type];
        instances[group]++;
        shallow[group] += itsShallow;
        if (position > end[group]) {
            retained[group] += itsRetained;
            end[group] = lastOwned;
        }
    }

    /// Groups by what they retain, most first.
    List<GroupUse> largest(int most) {
        List<GroupUse> uses = new ArrayList<>();
        numbers.forEach((name, n) -> uses.add(new GroupUse(name, classes[n], instances[n], shallow[n], retained[n])));
        return uses.stream()
                .filter(use -> use.instances() > 0)
                .sorted(Comparator.comparingLong(GroupUse::retained).reversed().thenComparing(GroupUse::name))
                .limit(most)
                .toList();
    }
}
