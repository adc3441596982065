package io.staunch.heap;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.ReadAhead;
import io.staunch.heap.internal.cache.IndexFolder;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.Linker;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Census;
import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.Indexer;
import io.staunch.heap.internal.index.Sizes;
import io.staunch.heap.internal.index.TypeCounts;
import io.staunch.heap.internal.memory.Forecast;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import io.staunch.heap.internal.memory.Ticker;
import io.staunch.heap.internal.report.CollectionWalk;
import io.staunch.heap.internal.report.Growth;
import io.staunch.heap.internal.report.Histogram;
import io.staunch.heap.internal.report.Navigator;
import io.staunch.heap.internal.report.PathSearch;
import io.staunch.heap.internal.report.Piles;
import io.staunch.heap.internal.report.Reporting;
import io.staunch.heap.internal.report.RetainedTree;
import io.staunch.heap.internal.report.Waste;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A heap dump, analysed. Opening it reads all objects and references; the dominator tree and the paths are made when
/// they are first asked for, in memory that opening takes for them. Memory is taken outside the Java heap and given
/// back by [#close()].
///
/// ```java
/// try (Heap heap = Heap.open(Path.of("app.hprof"))) {
///     heap.report(20).suspects().forEach(suspect -> System.out.println(suspect.why()));
/// }
/// ```
///
/// For one thread at a time.
public final class Heap implements AutoCloseable {
    private static final long BYTES_AN_OBJECT = 45;

    private final Path file;
    private final OpenOptions options;
    private final Arena arena;
    private final Memory memory;
    private final ObjectGraph graph;
    private final List<String> warnings;
    private final Libraries libraries = new Libraries();
    private @Nullable DominatorTree tree;
    private @Nullable PathSearch search;
    private @Nullable Piles piles;
    private Optional<KeptIndex> index = Optional.empty();

    private Heap(Path file, OpenOptions options, Arena arena, Memory memory, DumpBytes bytes, Outline outline)
            throws IOException {
        this.file = file;
        this.options = options;
        this.arena = arena;
        this.memory = memory;
        LongConsumer progress = done -> options.progress().done(done, bytes.end(), "bytes");
        HeapIndex found = new Indexer(bytes, outline, options.threads(), progress).index();
        if (found.ids().size() == 0) {
            throw new HeapFormatException(file, bytes.firstRecord(), "objects in the heap dump", "none");
        }
        options.progress().phase("reading references");
        if (options.threads() > 1) {
            DominatorTree.prepare(memory, found.ids().size());
        }
        this.graph = new Linker(bytes, outline, found, memory, options.threads(), progress).link();
        this.warnings = Stream.concat(outline.warnings().stream(), found.warnings().stream())
                .toList();
    }

    /// From an index that was kept.
    private Heap(
            Path file,
            OpenOptions options,
            Arena arena,
            Memory memory,
            DumpBytes bytes,
            Outline outline,
            IndexFolder.Found found) {
        this.file = file;
        this.options = options;
        this.arena = arena;
        this.memory = memory;
        this.warnings = List.of();
        TableReader tables = found.tables();
        this.graph = ObjectGraph.read(tables, bytes, outline, HeapIndex.read(tables, bytes, outline));
        DominatorTree itsTree = DominatorTree.read(tables);
        PathSearch itsPaths = PathSearch.read(tables, graph);
        this.tree = itsTree;
        this.search = itsPaths;
        this.piles = new Piles(graph, itsTree, itsPaths, libraries);
        this.index = Optional.of(new KeptIndex(found.kept().file(), found.kept().bytes()));
    }

    /// Opens a dump with all cores.
    public static Heap open(Path file) throws IOException {
        return open(file, OpenOptions.defaults());
    }

    /// Opens a dump: HPROF 1.0.1 or 1.0.2. What can be read of a damaged one is kept, see [#warnings()].
    ///
    /// @throws HeapFormatException when the file is no heap dump or holds no objects
    /// @throws IOException also when too little memory is allowed or there is no room for temporary files; the
    /// message says what it takes
    public static Heap open(Path file, OpenOptions options) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            options.progress().phase("indexing objects");
            DumpBytes bytes = DumpBytes.map(file, arena, options.folder(), options.threads());
            Outline outline = Outline.read(bytes);
            Optional<IndexFolder.Found> kept =
                    options.indexes().flatMap(indexes -> new IndexFolder(indexes).find(file, arena));
            if (kept.isPresent()) {
                Memory none = new Memory(0, options.folder());
                return new Heap(file, options, arena, none, bytes, outline, kept.get());
            }
            Forecast forecast = Forecast.of(Indexer.estimate(bytes, outline));
            long tables = forecast.tableBytes(file, options.memoryBytes(), options.folder());
            Memory memory = new Memory(tables, options.folder());
            try {
                return new Heap(file, options, arena, memory, bytes, outline);
            } catch (IOException | RuntimeException | Error e) {
                memory.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /// Counts what a dump holds by type, in one pass and without references: many times faster than [#open].
    ///
    /// @throws HeapFormatException when the file is no heap dump or holds no objects
    public static HeapHistogram histogram(Path file, OpenOptions options) throws IOException {
        try (Arena arena = Arena.ofShared();
                ReadAhead ahead = new ReadAhead(file)) {
            ahead.begin();
            options.progress().phase("counting objects");
            DumpBytes bytes = DumpBytes.map(file, arena, options.folder(), options.threads());
            Outline outline = Outline.begin(bytes);
            Census census = new Census();
            LongConsumer progress = done -> options.progress().done(done, bytes.end(), "bytes");
            HeapIndex index = new Indexer(bytes, outline, options.threads(), progress).index(census);
            if (index.ids().size() == 0) {
                throw new HeapFormatException(file, bytes.firstRecord(), "objects in the heap dump", "none");
            }
            Sizes sizes = Sizes.infer(bytes, index, options.threads());
            List<HeapHistogram.TypeCount> types = TypeCounts.of(census, index, sizes);
            return new HeapHistogram(
                    String.valueOf(file.getFileName()),
                    types.stream().mapToLong(HeapHistogram.TypeCount::instances).sum(),
                    types.stream().mapToLong(HeapHistogram.TypeCount::bytes).sum(),
                    sizes.layout(),
                    types,
                    Stream.concat(outline.warnings().stream(), index.warnings().stream())
                            .toList());
        }
    }

    public Path file() {
        return file;
    }

    /// Where the dump is damaged; empty for a sound one.
    public List<String> warnings() {
        return warnings;
    }

    /// All objects in the dump, class objects included.
    public long objects() {
        return graph.size();
    }

    /// The kept index that this heap was opened from, or that [#keepIndex()] has kept.
    public Optional<KeptIndex> index() {
        return index;
    }

    /// Keeps what was found out in the folder of [OpenOptions#indexes()], so that opening this dump again takes a
    /// fraction of the time: about 45 bytes an object. Does nothing for a damaged dump, without a folder, or when
    /// the index is there already.
    ///
    /// @throws IOException when there is no room or no right to; nothing is left behind then, and the heap is sound
    public void keepIndex() throws IOException {
        Optional<Path> folder = options.indexes();
        if (folder.isEmpty()
                || index.isPresent()
                || !warnings.isEmpty()
                || !graph.index().isOrdinary()) {
            return;
        }
        DominatorTree made = tree();
        IndexFolder.Kept kept =
                new IndexFolder(folder.get()).keep(file, BYTES_AN_OBJECT * graph.size(), out -> write(out, made));
        index = Optional.of(new KeptIndex(kept.file(), kept.bytes()));
    }

    private void write(TableWriter out, DominatorTree made) throws IOException {
        graph.index().write(out);
        graph.write(out);
        made.write(out);
        Objects.requireNonNull(search, "expected paths that were searched for").write(out);
    }

    /// How the JVM laid out its objects.
    public HeapLayout layout() {
        return graph.sizes().layout();
    }

    /// Where classes came from; usable beyond this heap.
    public Libraries libraries() {
        return libraries;
    }

    private DominatorTree tree() {
        DominatorTree known = tree;
        return known != null ? known : analyse();
    }

    /// Makes the dominator tree, and the paths beside it where there is a second core.
    private DominatorTree analyse() {
        options.progress().phase("finding dominators and paths");
        FutureTask<PathSearch> searching = new FutureTask<>(() -> PathSearch.of(graph, memory));
        boolean beside = options.threads() > 1;
        if (beside) {
            Thread.ofPlatform().daemon().name("heap-paths").start(searching);
        }
        try {
            long steps = 2L * graph.size() + graph.edgeCount();
            Ticker ticker = new Ticker(done -> options.progress().done(done, steps, "steps"));
            DominatorTree made = DominatorTree.of(graph, memory, options.threads(), ticker);
            tree = made;
            if (!beside) {
                searching.run();
            }
            PathSearch found = searching.get();
            search = found;
            piles = new Piles(graph, made, found, libraries);
            options.progress().over();
            return made;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while analysing");
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected paths to all objects, found a failure", e.getCause());
        }
    }

    private Piles piles() {
        tree();
        return Objects.requireNonNull(piles, "expected an analysis that was finished");
    }

    /// Everything at a glance.
    ///
    /// @param top how many objects, types and suspects to list at most
    public HeapReport report(int top) {
        return new Reporting(graph, tree(), piles(), warnings).of(file, top, options.threads());
    }

    /// Where instances of these types pile up: for each type the containers that hold many of them, those that keep
    /// the most alive first. Types are named as Java source or as the JVM does (`[B`).
    public List<Holding> holdersOf(Collection<String> growingTypes) {
        return piles().holdersOf(growingTypes);
    }

    /// What retains what: the dominator tree with what is alike taken together.
    ///
    /// @param leastShare nodes that retain less than this share of everything are left out
    public RetainedNode retained(double leastShare) {
        return RetainedTree.of(graph, tree(), leastShare);
    }

    /// The published library that a type came from; empty for the JDK's types and where the dump does not say.
    ///
    /// @param type as Java source names it; an array belongs to its elements' library
    public Optional<Library> ownerOf(String type) {
        return piles().ownerOf(type);
    }

    /// What could be spared: equal strings, empty and sparse collections. Reads all strings, which takes a while on a
    /// large heap.
    public List<Finding> waste() {
        return new Waste(graph, tree()).findings();
    }

    /// The object at an address, such as one that a report names.
    public Optional<HeapObject> object(long address) {
        int found = graph.ids().indexOf(address);
        return found < 0 ? Optional.empty() : Optional.of(new HeapObject(navigator(), found));
    }

    /// All objects of a type and of its subtypes, reachable or not; interfaces are not known to a dump. One pass over
    /// all objects, as the stream is consumed.
    public Stream<HeapObject> instancesOf(String type) {
        Navigator navigator = navigator();
        return navigator.instancesOf(type).mapToObj(index -> new HeapObject(navigator, index));
    }

    private Navigator navigator() {
        return new Navigator(graph, this::tree, this::piles);
    }

    /// What is in a collection: a map, list, set or queue of the JDK or of a library, or an array of objects.
    ///
    /// @param object its address, such as [LeakSuspect#container()]
    /// @param showValues whether to show some entries as text; they may be secrets
    /// @return empty when there is no such object, or it is no collection
    public Optional<Contents> contentsOf(long object, boolean showValues) {
        int found = graph.ids().indexOf(object);
        return found < 0 ? Optional.empty() : CollectionWalk.of(found, graph, showValues);
    }

    HeapDiff to(Heap newer, int top) {
        List<HeapDiff.HolderGrowth> holders = piles().growth(newer.piles(), Integer.MAX_VALUE);
        return new HeapDiff(
                String.valueOf(file.getFileName()),
                String.valueOf(newer.file.getFileName()),
                tree().retained(0),
                newer.tree().retained(0),
                holders.stream().limit(top).toList(),
                Growth.types(types(), newer.types(), top),
                Growth.libraries(holders).stream().limit(top).toList());
    }

    private List<HeapReport.TypeUse> types() {
        return new Histogram(graph, tree()).types(Integer.MAX_VALUE);
    }

    /// Gives back all memory; the heap must not be used afterwards.
    @Override
    public void close() {
        memory.close();
        arena.close();
    }
}
