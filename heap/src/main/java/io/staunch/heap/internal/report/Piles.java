package io.staunch.heap.internal.report;

import io.staunch.heap.HeapDiff.HolderGrowth;
import io.staunch.heap.Holding;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Libraries;
import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What piles up where. Knows the containers of one heap and says of each what fills it, who holds it and who owns it;
/// [Suspects], [Holders] and [HolderGrowths] ask.
public final class Piles {
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final Families families;
    private final ShortestPaths paths;
    private final PathTrie trie;
    private final Containers containers;
    private final Blame blame;
    private final Owners owners;
    private final Ownership ownership;
    private final DirectMemory direct;
    private final Optional<GeneratedClasses> generated;

    public Piles(ObjectGraph graph, DominatorTree tree, PathSearch search, Libraries libraries) {
        this.graph = graph;
        this.tree = tree;
        this.families = search.families();
        this.paths = search.paths();
        this.trie = paths.trie();
        this.direct = search.direct();
        this.containers = new Containers(graph, trie, families, direct);
        this.blame = new Blame(trie, containers, families);
        this.owners = new Owners(graph, libraries);
        this.ownership = new Ownership(graph, owners);
        this.generated = GeneratedClasses.largest(graph, families, trie, containers);
    }

    /// The containers that keep the most alive.
    public List<LeakSuspect> suspects(int most) {
        return new Suspects(this).most(most);
    }

    /// For each type, the containers in which its instances pile up, those that keep the most alive first.
    public List<Holding> holdersOf(Collection<String> types) {
        return new Holders(this, types).holdings();
    }

    /// The library that a type came from.
    public Optional<Library> ownerOf(String type) {
        return owners.of(type);
    }

    /// Containers that hold more than in an older dump, by bytes.
    public List<HolderGrowth> growth(Piles newer, int most) {
        return new HolderGrowths(this, newer).most(most);
    }

    /// Says what a container is about.
    ///
    /// @param largest the object of the node that retains most
    Accumulation describe(int node, int largest) {
        HolderPath straight = HolderPath.to(largest, paths, graph);
        Blame.Piled piled = blame.of(node);
        if (straight.isClassList() && generated.isPresent()) {
            GeneratedClasses made = generated.get();
            HolderPath path = keeperPath(made).orElse(straight);
            return new Accumulation(
                    node,
                    piled.as(made.family(), made.classes()),
                    path,
                    ownership.of(path.objects(), blame.origins(node, owners)),
                    Shape.CLASSES);
        }
        Shape looks = Shapes.of(
                piled.name(),
                families.example(piled.family()),
                families.isGenerated(piled.family()),
                straight.labels());
        boolean vague = looks == Shape.OTHER || looks == Shape.CACHE;
        Shape shape = vague && blame.holdsThreads(node) ? Shape.THREADS : looks;
        return new Accumulation(
                node, piled, straight, ownership.of(straight.objects(), blame.origins(node, owners)), shape);
    }

    /// The path to what keeps an entry for each generated class.
    private Optional<HolderPath> keeperPath(GeneratedClasses made) {
        return made.keeper()
                .map(keeper -> Sums.of(List.of(keeper), trie, tree).of(keeper).largest())
                .filter(largest -> largest >= 0)
                .map(largest -> HolderPath.to(largest, paths, graph));
    }

    ObjectGraph graph() {
        return graph;
    }

    DominatorTree tree() {
        return tree;
    }

    Families families() {
        return families;
    }

    ShortestPaths paths() {
        return paths;
    }

    PathTrie trie() {
        return trie;
    }

    Containers containers() {
        return containers;
    }

    Owners owners() {
        return owners;
    }

    DirectMemory direct() {
        return direct;
    }
}
