package io.staunch.heap.internal.report;

import io.staunch.heap.HeapDiff.HolderGrowth;
import io.staunch.heap.Holding;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Libraries;
import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import io.staunch.heap.internal.bytes.TypeNames;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What piles up where: turns containers into suspects and holdings.
public final class Piles {
    private static final double LEAST_SHARE = 0.01;
    private static final int MOST_CANDIDATES = 256;

    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final Families families;
    private final ShortestPaths paths;
    private final PathTrie trie;
    private final Containers containers;
    private final Blame blame;
    private final Owners owners;
    private final long[] directBytes;
    private final Optional<GeneratedClasses> generated;

    public Piles(ObjectGraph graph, DominatorTree tree, PathSearch search, Libraries libraries) {
        this.graph = graph;
        this.tree = tree;
        this.families = search.families();
        this.paths = search.paths();
        this.trie = paths.trie();
        this.directBytes = directMemory();
        this.containers = new Containers(graph, trie, families, directBytes.clone());
        sumUp(directBytes);
        this.blame = new Blame(trie, containers, families);
        this.owners = new Owners(graph, libraries);
        this.generated = GeneratedClasses.largest(graph, families, trie, containers);
    }

    private void sumUp(long[] bytes) {
        for (int node = trie.size() - 1; node > 0; node--) {
            bytes[trie.parent(node)] += bytes[node];
        }
    }

    /// Bytes outside the heap held by each node's direct buffers.
    private long[] directMemory() {
        long[] bytes = new long[trie.size()];
        ObjectReader reader = new ObjectReader(graph);
        boolean[] isDirect = new boolean[graph.typeCount()];
        for (int t = 0; t < isDirect.length; t++) {
            isDirect[t] = graph.typeAt(t).isA("java.nio.DirectByteBuffer");
        }
        for (int object = 0; object < graph.size(); object++) {
            if (isDirect[graph.typeNumber(object)] && reader.reference(object, "att") < 0) {
                bytes[trie.nodeOf(object)] += reader.number(object, "capacity").orElse(0);
            }
        }
        return bytes;
    }

    /// What a set of objects adds up to.
    private static final class Sum {
        private long instances;
        private long retained;
        private int end = -1;
        private boolean strong;
        private int largest = -1;
        private long largestBytes = -1;

        /// Positions must come in ascending order, so that what another member retains is not counted twice.
        void add(int position, DominatorTree tree) {
            instances++;
            strong |= position <= tree.lastStrong();
            long bytes = tree.retained(position);
            if (position > end) {
                retained += bytes;
                end = position + tree.count(position) - 1;
            }
            if (bytes > largestBytes) {
                largestBytes = bytes;
                largest = tree.objectAt(position);
            }
        }
    }

    /// The containers that keep the most alive.
    public List<LeakSuspect> suspects(int most) {
        long all = tree.retained(0);
        List<Integer> chosen = containers.largest(Math.max(1, (long) (all * LEAST_SHARE))).stream()
                .sorted(Comparator.comparingLong((Integer node) -> containers.below(node))
                        .reversed())
                .limit(MOST_CANDIDATES)
                .toList();
        int[] elementOf = new int[trie.size()];
        int[] containerOf = new int[trie.size()];
        Arrays.fill(elementOf, -1);
        Arrays.fill(containerOf, -1);
        for (int i = 0; i < chosen.size(); i++) {
            int node = chosen.get(i);
            containerOf[node] = i;
            if (containers.isLiveThreads(node)) {
                elementOf[node] = i;
            }
            for (int child = containers.firstChild(node); child >= 0; child = containers.nextSibling(child)) {
                elementOf[child] = i;
            }
        }
        Sum[] elements = sums(chosen.size());
        Sum[] held = sums(chosen.size());
        for (int position = 1; position <= tree.last(); position++) {
            int node = trie.nodeOf(tree.objectAt(position));
            if (elementOf[node] >= 0) {
                elements[elementOf[node]].add(position, tree);
            }
            if (containerOf[node] >= 0) {
                held[containerOf[node]].add(position, tree);
            }
        }
        List<LeakSuspect> suspects = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            suspects.add(suspect(chosen.get(i), elements[i], held[i], all));
        }
        return suspects.stream()
                .sorted(Comparator.comparingDouble(Piles::suspicion).reversed().thenComparing(LeakSuspect::type))
                .limit(most)
                .toList();
    }

    private static Sum[] sums(int count) {
        Sum[] sums = new Sum[count];
        for (int i = 0; i < count; i++) {
            sums[i] = new Sum();
        }
        return sums;
    }

    /// The JDK's own tables are seldom the leak.
    private static double suspicion(LeakSuspect suspect) {
        boolean ours = suspect.holder().stream()
                        .anyMatch(field ->
                                !Owners.isJdk(field.replaceFirst("^static ", "")) && !field.startsWith("thread"))
                || !Owners.isJdk(suspect.type());
        return suspect.retained() * (ours ? 1.0 : 0.4);
    }

    private LeakSuspect suspect(int node, Sum elements, Sum held, long all) {
        HolderPath direct = HolderPath.to(held.largest, paths, graph);
        boolean classes = direct.isClassList() && generated.isPresent();
        HolderPath path = classes ? keeperPath(direct) : direct;
        Blame.Piled filling = blame.of(node);
        Blame.Piled piled =
                classes ? filling.as(generated.get().family(), generated.get().classes()) : filling;
        long retained = Math.max(elements.retained, held.retained);
        Shape shape = classes ? Shape.CLASSES : shape(piled, path);
        double share = all == 0 ? 0 : (double) retained / all;
        return new LeakSuspect(
                piled.name(),
                path.accumulation(),
                piled.instances(),
                retained,
                share,
                path.labels(),
                library(path, piled.name()),
                shape,
                Sentences.why(piled, path, retained, share, shape, trie.entered(node)));
    }

    /// The path to what keeps an entry for each generated class; the loader's own list when nothing does.
    private HolderPath keeperPath(HolderPath classList) {
        return generated
                .flatMap(GeneratedClasses::keeper)
                .map(keeper -> {
                    Sum sum = largest(Set.of(keeper)).get(keeper);
                    return sum == null ? classList : HolderPath.to(sum.largest, paths, graph);
                })
                .orElse(classList);
    }

    private Shape shape(Blame.Piled piled, HolderPath path) {
        return Shapes.of(
                piled.name(), families.example(piled.family()), families.isGenerated(piled.family()), path.labels());
    }

    private Optional<Library> library(HolderPath path, String type) {
        return owners.of(path.owner()).or(() -> owners.of(type));
    }

    /// For each type, the containers in which its instances pile up, those that keep the most alive first.
    public List<Holding> holdersOf(Collection<String> types) {
        Set<String> wanted = new HashSet<>();
        types.forEach(name -> wanted.add(Families.plain(TypeNames.fromInternal(name))));
        boolean[] counts = new boolean[graph.typeCount()];
        for (int t = 0; t < counts.length; t++) {
            String name = graph.typeAt(t).name();
            counts[t] = wanted.contains(Families.plain(name)) || wanted.contains(families.name(families.of(t)));
        }
        record Group(int family, int container) {}
        Map<Group, Sum> groups = new HashMap<>();
        Map<Integer, Integer> containerOfNode = new HashMap<>();
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            int type = graph.typeNumber(object);
            if (counts[type]) {
                int container = containerOfNode.computeIfAbsent(trie.nodeOf(object), this::containerFor);
                groups.computeIfAbsent(new Group(families.of(type), container), g -> new Sum())
                        .add(position, tree);
            }
        }
        Map<Integer, Sum> largest =
                largest(groups.keySet().stream().map(Group::container).collect(java.util.stream.Collectors.toSet()));
        List<Holding> holdings = new ArrayList<>();
        groups.forEach((group, sum) -> {
            Sum held = largest.get(group.container);
            if (held != null && group.container > 0) {
                holdings.add(holding(families.name(group.family), group.container, sum, held));
            }
        });
        Map<String, Long> all = new HashMap<>();
        holdings.forEach(holding -> all.merge(holding.type(), holding.instances(), Long::sum));
        holdings.sort(Comparator.comparingDouble((Holding holding) ->
                        (double) holding.retained() * holding.instances() / all.getOrDefault(holding.type(), 1L))
                .reversed()
                .thenComparing(Holding::type));
        return holdings;
    }

    /// Containers that hold more than in an older dump, by bytes.
    public List<HolderGrowth> growth(Piles newer, int most) {
        Map<String, Integer> known = new HashMap<>();
        for (int node = 1; node < trie.size(); node++) {
            known.put(trie.key(node), node);
        }
        long[] grown = new long[newer.trie.size()];
        int[] before = new int[newer.trie.size()];
        for (int node = newer.trie.size() - 1; node > 0; node--) {
            before[node] = known.getOrDefault(newer.trie.key(node), -1);
            long old = before[node] < 0 ? 0 : containers.below(before[node]);
            grown[node] = Math.max(grown[node], newer.containers.below(node) - old);
            int parent = newer.trie.parent(node);
            grown[parent] = Math.max(grown[parent], grown[node]);
        }
        long total = Math.max(0, newer.tree.retained(0) - tree.retained(0));
        List<Integer> nodes = newer.containers.largest(Math.max(1, (long) (total * LEAST_SHARE)), grown);
        Map<Integer, Sum> held = newer.largest(new HashSet<>(nodes));
        List<HolderGrowth> growths = new ArrayList<>();
        for (int node : nodes) {
            Sum itself = held.get(node);
            if (itself != null) {
                growths.add(newer.growth(this, node, before[node], itself));
            }
        }
        return growths.stream()
                .filter(growth -> growth.bytesGrown() > 0)
                .sorted(Comparator.comparingLong(HolderGrowth::bytesGrown).reversed())
                .limit(most)
                .toList();
    }

    private HolderGrowth growth(Piles older, int node, int before, Sum held) {
        Blame.Piled piled = blame.of(node);
        HolderPath path = HolderPath.to(held.largest, paths, graph);
        return new HolderGrowth(
                piled.name(),
                path.accumulation(),
                path.labels(),
                library(path, piled.name()),
                before < 0 ? 0 : older.containers.elements(before),
                containers.elements(node),
                before < 0 ? 0 : older.containers.below(before),
                containers.below(node));
    }

    private int containerFor(int node) {
        int growing = containers.growing(node);
        return growing > 0 ? growing : Math.max(trie.parent(node), Math.min(node, 0));
    }

    /// The object of each of these nodes that retains most.
    private Map<Integer, Sum> largest(Set<Integer> nodes) {
        Map<Integer, Sum> sums = new HashMap<>();
        boolean[] wanted = new boolean[trie.size()];
        nodes.forEach(node -> wanted[node] = true);
        for (int position = 1; position <= tree.last(); position++) {
            int node = trie.nodeOf(tree.objectAt(position));
            if (wanted[node]) {
                sums.computeIfAbsent(node, n -> new Sum()).add(position, tree);
            }
        }
        return sums;
    }

    private Holding holding(String type, int container, Sum sum, Sum held) {
        HolderPath direct = HolderPath.to(held.largest, paths, graph);
        boolean classes = direct.isClassList() && generated.isPresent();
        HolderPath path = classes ? keeperPath(direct) : direct;
        Blame.Piled piled = blame.of(container);
        String filledWith = classes ? generated.get().family() : piled.name();
        return new Holding(
                type,
                filledWith,
                path.labels(),
                path.accumulation(),
                trie.entered(container),
                sum.instances,
                sum.retained,
                held.largestBytes,
                library(path, piled.name()),
                classes ? Shape.CLASSES : shape(piled, path),
                directBytes[container],
                !sum.strong);
    }
}
