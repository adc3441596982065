package io.staunch.heap.internal.report;

import io.staunch.heap.LeakSuspect;
import io.staunch.heap.internal.dominators.DominatorTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the largest containers into suspects. Containers of one owner that hold about as many elements grow together
/// and are one suspect, named by the one that says most.
final class Suspects {
    private static final double LEAST_SHARE = 0.01;
    private static final int MOST_CANDIDATES = 256;
    private static final double AS_MANY = 0.8;
    /// What a container weighs that only the JDK's types fill and hold,
    private static final double JDK_ALONE = 0.4;
    /// or that the application or a library holds, but only the JDK's types fill.
    private static final double JDK_PILE = 0.75;
    /// What weighs that no strong reference holds.
    private static final double PASSING = 0.1;
    private static final long SMALL_CHANGE = 1L << 20;
    /// From 10 to the power of this many elements on they are many; few large ones are seldom a leak.
    private static final double MANY_DIGITS = 3;
    private static final double FEWEST = 0.3;
    private static final double LARGE_SHARE = 0.2;

    private final Piles piles;
    private final Containers containers;
    private final PathTrie trie;
    private final DominatorTree tree;
    private final long all;

    Suspects(Piles piles) {
        this.piles = piles;
        this.containers = piles.containers();
        this.trie = piles.trie();
        this.tree = piles.tree();
        this.all = tree.retained(0);
    }

    /// A container with what its elements, itself and its owner keep alive.
    private record Candidate(
            Accumulation what, long elements, long retained, boolean strong, int owner, long ownerRetained) {
        boolean isOwnPile() {
            return !Owners.isJdk(what.piled().name());
        }

        boolean isHeldByOwn() {
            return what.path().labels().stream()
                    .map(label -> label.replaceFirst("^static ", ""))
                    .anyMatch(field -> !Owners.isJdk(field) && field.indexOf(' ') < 0);
        }
    }

    List<LeakSuspect> most(int most) {
        List<Group> groups = candidates().values().stream()
                .map(this::group)
                .filter(group -> !isSmallChange(group))
                .sorted(Comparator.comparingDouble(this::suspicion)
                        .reversed()
                        .thenComparing(group -> group.lead.what.piled().name()))
                .limit(most)
                .toList();
        Sharers sharers =
                new Sharers(piles, groups.stream().map(group -> group.lead.what).toList());
        List<LeakSuspect> suspects = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            suspects.add(suspect(groups.get(i), sharers.of(i)));
        }
        return suspects;
    }

    /// What keeps little alive, and the JDK's own small tables, which every heap has.
    private boolean isSmallChange(Group group) {
        if (share(group.retained + directBytes(group)) < LEAST_SHARE) {
            return true;
        }
        boolean small = group.retained < SMALL_CHANGE && share(group.retained) < LARGE_SHARE;
        return small && !group.lead.isOwnPile() && !group.lead.isHeldByOwn();
    }

    /// Candidates that grow together, by group.
    private Map<Integer, List<Candidate>> candidates() {
        List<Integer> chosen = containers.largest(Math.max(1, (long) (all * LEAST_SHARE))).stream()
                .sorted(Comparator.comparingLong(containers::below).reversed())
                .limit(MOST_CANDIDATES)
                .toList();
        Set<Integer> wanted = new HashSet<>(chosen);
        chosen.forEach(node -> wanted.add(containers.owner(node)));
        Sum[] elements = new Sum[chosen.size()];
        Sums sums = Sums.of(wanted, trie, tree, elementsByNode(chosen, elements));
        Map<Integer, List<Candidate>> groups = new LinkedHashMap<>();
        Map<Integer, List<Integer>> groupsOfOwner = new HashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            int node = chosen.get(i);
            if (sums.of(node).largest() < 0) {
                continue; // only classes that nothing holds lead there
            }
            int owner = containers.owner(node);
            Candidate candidate = new Candidate(
                    piles.describe(node, sums.of(node).largest()),
                    containers.elements(node),
                    Math.max(elements[i].retained(), sums.of(node).retained()),
                    elements[i].isStrong(),
                    owner,
                    sums.of(owner).retained());
            int group = groupsOfOwner.getOrDefault(owner, List.of()).stream()
                    .filter(known -> growTogether(groups.getOrDefault(known, List.of()), candidate))
                    .findFirst()
                    .orElse(node);
            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(candidate);
            groupsOfOwner.computeIfAbsent(owner, o -> new ArrayList<>()).add(group);
        }
        return groups;
    }

    private static boolean growTogether(List<Candidate> group, Candidate other) {
        return group.stream().anyMatch(one -> {
            double fewer = Math.min(one.elements, other.elements);
            boolean asMany = fewer >= AS_MANY * Math.max(one.elements, other.elements);
            return asMany && one.strong == other.strong;
        });
    }

    /// Sums for what the elements of each container keep alive, in its place, by the nodes that the elements belong to.
    private Sum[] elementsByNode(List<Integer> chosen, Sum[] elements) {
        Sum[] byNode = new Sum[trie.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = new Sum(tree);
            int node = chosen.get(i);
            if (containers.isLiveThreads(node)) {
                byNode[node] = elements[i];
            }
            for (int child = containers.firstChild(node); child >= 0; child = containers.nextSibling(child)) {
                byNode[child] = elements[i];
            }
        }
        return byNode;
    }

    /// Candidates that grow together.
    private record Group(Candidate lead, List<Candidate> others, long retained) {}

    private Group group(List<Candidate> members) {
        List<Candidate> ordered = new ArrayList<>(members);
        ordered.sort(Comparator.comparing((Candidate candidate) -> !candidate.isOwnPile())
                .thenComparing(Comparator.comparingLong(Candidate::retained).reversed()));
        return new Group(ordered.getFirst(), ordered.subList(1, ordered.size()), retained(members));
    }

    private LeakSuspect suspect(Group group, List<List<String>> sharers) {
        Accumulation what = group.lead.what;
        Set<List<String>> also = new LinkedHashSet<>();
        group.others.forEach(other -> also.add(other.what.path().labels()));
        also.addAll(sharers);
        also.remove(what.path().labels());
        List<List<String>> alsoHeldBy = List.copyOf(also);
        return new LeakSuspect(
                what.piled().name(),
                what.path().accumulation(),
                what.piled().instances(),
                group.retained,
                directBytes(group),
                share(group.retained),
                what.path().labels(),
                alsoHeldBy,
                piles.graph().ids().idOf(what.path().collection()),
                CollectionWalk.of(what.path().collection(), piles.graph(), false),
                what.library(),
                what.shape(),
                Sentences.why(
                        what,
                        group.retained,
                        directBytes(group),
                        share(group.retained),
                        trie.entered(what.node()),
                        alsoHeldBy));
    }

    private long directBytes(Group group) {
        return piles.direct().below(group.lead.what.node());
    }

    private double share(long bytes) {
        return all == 0 ? 0 : (double) bytes / all;
    }

    /// What would be free without the group: what its members keep alive, and what only all of them together do, which
    /// is then their owner's.
    private long retained(List<Candidate> group) {
        long apart = group.stream().mapToLong(Candidate::retained).sum();
        long reached = group.stream()
                .mapToLong(candidate -> containers.below(candidate.what().node()))
                .sum();
        long owner = group.getFirst().ownerRetained();
        return Math.max(group.size() == 1 ? apart : Math.min(apart, owner), Math.min(reached, owner));
    }

    /// The JDK's own tables are seldom the leak, and what only soft references or finalizers hold goes before memory
    /// runs out.
    private double suspicion(Group group) {
        Candidate lead = group.lead;
        double weight = lead.isOwnPile() ? 1 : lead.isHeldByOwn() ? JDK_PILE : JDK_ALONE;
        double many = Math.clamp(Math.log10((double) Math.max(1, lead.elements)) / MANY_DIGITS, FEWEST, 1);
        return (group.retained + directBytes(group)) * weight * many * (lead.strong ? 1 : PASSING);
    }
}
