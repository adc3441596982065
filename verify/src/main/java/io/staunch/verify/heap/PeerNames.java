package io.staunch.verify.heap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netbeans.lib.profiler.heap.Instance;

/// Names for what the library says that some objects retain: of the sets of rules by which the textbook comes to the
/// same figure, the first of these: each rule alone, each two, all.
final class PeerNames {
    private final Map<Long, String> names = new HashMap<>();

    private PeerNames() {}

    static PeerNames of(PeerGraph graph, List<Instance> objects) {
        PeerNames found = new PeerNames();
        Map<Set<PeerRule>, PeerTextbook> books = new HashMap<>();
        List<Instance> open = new ArrayList<>(objects);
        Iterator<Set<PeerRule>> sets = sets().iterator();
        while (sets.hasNext() && !open.isEmpty()) {
            Set<PeerRule> rules = sets.next();
            Set<PeerRule> holding = EnumSet.copyOf(rules);
            holding.removeIf(PeerRule::isCounting);
            long[] retained = books.computeIfAbsent(holding, some -> PeerTextbook.of(graph, some))
                    .retained(rules);
            open.removeIf(one -> {
                boolean same = retained[graph.numberOf(one.getInstanceId())] == one.getRetainedSize();
                if (same) {
                    found.names.put(one.getInstanceId(), name(rules));
                }
                return same;
            });
        }
        return found;
    }

    private static List<Set<PeerRule>> sets() {
        List<Set<PeerRule>> sets = new ArrayList<>();
        for (PeerRule rule : PeerRule.values()) {
            sets.add(EnumSet.of(rule));
        }
        for (PeerRule one : PeerRule.values()) {
            for (PeerRule other : PeerRule.values()) {
                if (one.compareTo(other) < 0) {
                    sets.add(EnumSet.of(one, other));
                }
            }
        }
        sets.add(EnumSet.allOf(PeerRule.class));
        return sets;
    }

    private static String name(Set<PeerRule> rules) {
        return rules.size() == PeerRule.values().length
                ? "all rules of the library together"
                : rules.stream().map(PeerRule::label).collect(Collectors.joining(" + "));
    }

    /// Empty when no set of rules leads to the library's figure.
    Optional<String> of(Instance object) {
        return Optional.ofNullable(names.get(object.getInstanceId()));
    }
}
