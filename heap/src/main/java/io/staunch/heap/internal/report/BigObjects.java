package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.BigObject;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The objects that retain most.
final class BigObjects {
    private BigObjects() {}

    /// At most so many, the biggest first; of equal ones those that come first in the dominator tree. No object retains
    /// more than its dominator, so what hangs below one that is too small is passed over.
    static List<BigObject> most(ObjectGraph graph, DominatorTree tree, int most) {
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.comparingLong(tree::retained));
        int position = 1;
        while (position <= tree.last() && most > 0) {
            if (queue.size() < most) {
                queue.add(position++);
            } else if (tree.retained(position) > tree.retained(queue.element())) {
                queue.remove();
                queue.add(position++);
            } else {
                position += tree.count(position);
            }
        }
        ObjectReader reader = new ObjectReader(graph);
        return queue.stream()
                .sorted(Comparator.comparingLong(tree::retained).reversed().thenComparing(Comparator.naturalOrder()))
                .map(at -> {
                    int object = tree.objectAt(at);
                    return new BigObject(
                            graph.ids().idOf(object),
                            graph.type(object).name(),
                            reader.describe(object),
                            graph.shallow(object),
                            tree.retained(at));
                })
                .toList();
    }
}
