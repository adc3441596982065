package io.staunch.verify.heap;

import io.staunch.heap.Heap;
import io.staunch.heap.HeapObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// What NetBeans' profiler library and ours say of one dump, with a name for every difference: how much can be reached,
/// how large the biggest objects are, and what they retain. `PeerAgreement DUMP COUNT`.
///
/// Between both stands a textbook computation over what the library read, see [PeerTextbook]. Ours must equal it by
/// our rules: the same objects reached, the same dominator of each, the same sums. Where the library's own figure
/// differs, the difference bears the name of the rules by which the textbook equals that figure. An object's own size
/// is compared with the distance to the next object in the dump, which no model of sizes can pass.
public final class PeerAgreement {
    /// Ours equals the textbook, and the library says the same.
    static final String EQUAL = "equal";
    /// Ours equals the textbook, but the library's figure is none that its rules lead to.
    static final String NO_RULE =
            "ours equals the textbook on the library's own reading; the library's figure equals none of its rules";
    /// Ours does not equal the textbook.
    static final String UNEXPLAINED = "unexplained";

    private static final String BOTH = "both";
    private static final String ROOM = "equal to the distance to the next object";

    private final Heap ours;
    private final org.netbeans.lib.profiler.heap.Heap theirs;
    private final List<Instance> biggest = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final PeerGraph graph;
    private final PeerTextbook book;
    private final int[] dominators;

    private PeerAgreement(Heap ours, org.netbeans.lib.profiler.heap.Heap theirs, Path dump, int count)
            throws IOException {
        this.ours = ours;
        this.theirs = theirs;
        for (Object one : theirs.getBiggestObjectsByRetainedSize(count)) {
            biggest.add((Instance) one);
        }
        this.graph = PeerGraph.of(theirs, PeerRecords.read(dump));
        this.book = PeerTextbook.of(graph, EnumSet.noneOf(PeerRule.class));
        this.dominators = new int[graph.size()];
        Arrays.fill(dominators, -1);
    }

    /// How far both agree.
    ///
    /// @param objects in the dump
    /// @param reachable by how they are told: `both`, and names for what only one of them reaches
    /// @param shallow of the biggest objects by what was found
    /// @param retained of the biggest objects by what was found
    /// @param details a line for each difference without a name
    public record Agreement(
            long objects,
            Map<String, Long> reachable,
            Map<String, Long> shallow,
            Map<String, Long> retained,
            List<String> details) {
        /// Whether every difference has a name.
        public boolean isExplained() {
            return details.isEmpty();
        }

        /// Objects that both reach.
        public long both() {
            return reachable.getOrDefault(BOTH, 0L);
        }

        /// Objects that one alone reaches.
        public long oneAlone() {
            return sum(reachable) - both();
        }

        /// Of the biggest objects those with nothing between their end and the next object.
        public long ownSizeEqual() {
            return shallow.getOrDefault(ROOM, 0L);
        }

        /// Of the biggest objects those whose dominator and whose retained size are the textbook's by our rules.
        public long textbook() {
            return sum(retained) - retained.getOrDefault(UNEXPLAINED, 0L);
        }

        /// Of these the ones of which the library says the same.
        public long library() {
            return retained.getOrDefault(EQUAL, 0L);
        }

        /// Those of which it says something else because of rules that have a name.
        public long named() {
            return textbook() - library() - noRule();
        }

        /// Those of which it says what no rule of its own leads to.
        public long noRule() {
            return retained.getOrDefault(NO_RULE, 0L);
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !args[1].matches("[1-9]\\d{0,8}")) {
            System.err.println("expected DUMP and how many of its biggest objects to compare (1000), found "
                    + String.join(" ", args));
            System.exit(2);
        }
        Agreement found = of(Path.of(args[0]), Integer.parseInt(args[1]));
        found.details().forEach(System.out::println);
        System.out.printf("%,d objects; reachable:%n", found.objects());
        print(found.reachable());
        System.out.println("own size of the biggest objects:");
        print(found.shallow());
        System.out.println("retained by the biggest objects:");
        print(found.retained());
    }

    private static void print(Map<String, Long> counts) {
        counts.forEach((name, count) -> System.out.printf("%,10d %s%n", count, name));
    }

    /// Compares both on a dump, the biggest objects by what the library says that they retain.
    public static Agreement of(Path dump, int count) throws IOException {
        Path folder = Files.createTempDirectory("staunch-agreement");
        try (Heap ours = Heap.open(dump)) {
            Path link = Files.createSymbolicLink(folder.resolve("dump.hprof"), dump.toRealPath());
            return new PeerAgreement(ours, HeapFactory.createHeap(link.toFile()), dump, count).compare();
        } finally {
            remove(folder);
        }
    }

    /// With the index that the library keeps beside what it opens, which it would believe of any later file of that
    /// name.
    private static void remove(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Agreement compare() {
        Map<String, Long> reachable = reachable();
        compareDominators();
        return new Agreement(ours.objects(), reachable, shallow(), retained(), List.copyOf(details));
    }

    /// Everything that either reaches. The library's reading is without protection domains and signers.
    private Map<String, Long> reachable() {
        PeerWalk theirWalk = PeerWalk.of(graph, EnumSet.of(PeerRule.NO_DOMAINS));
        Map<String, Long> counts = new TreeMap<>();
        boolean[] reached = new boolean[graph.size()];
        ours.instancesOf("java.lang.Object").filter(HeapObject::isReachable).forEach(object -> {
            int node = graph.numberOf(object.id());
            if (node < 0 || book.walk().tier(node) == 0) {
                counts.merge("only ours: " + UNEXPLAINED, 1L, Long::sum);
                details.add("only ours reaches " + object + ": " + String.join(" → ", object.path()));
                return;
            }
            reached[node] = true;
            int dominator =
                    object.dominator().map(one -> graph.numberOf(one.id())).orElse(graph.size());
            dominators[node] = dominator;
            boolean both = theirWalk.tier(node) != 0;
            counts.merge(both ? BOTH : "only ours: held by signers or protection domains", 1L, Long::sum);
        });
        for (int node = 0; node < graph.size(); node++) {
            if (!reached[node] && book.walk().tier(node) != 0) {
                counts.merge("only theirs: " + UNEXPLAINED, 1L, Long::sum);
                details.add("only theirs reaches " + describe(node));
            }
        }
        return counts;
    }

    /// Ours beside the textbook, object by object.
    private void compareDominators() {
        for (int node = 0; node < graph.size(); node++) {
            if (dominators[node] >= 0 && dominators[node] != book.dominator(node)) {
                details.add(describe(node) + ": held by " + describe(dominators[node]) + " by ours, by "
                        + describe(book.dominator(node)) + " by the textbook");
            }
        }
    }

    /// Own sizes beside the distance to the next object.
    private Map<String, Long> shallow() {
        NavigableSet<Long> ids = new TreeSet<>();
        for (Iterator<?> all = theirs.getAllInstancesIterator(); all.hasNext(); ) {
            ids.add(((Instance) all.next()).getInstanceId());
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Instance one : biggest) {
            long id = one.getInstanceId();
            long size = ours.object(id).map(HeapObject::shallow).orElse(0L);
            Long next = ids.higher(id);
            long room = next == null ? Long.MAX_VALUE : next - id;
            String name = size == room ? ROOM : size < room ? "followed by a gap" : UNEXPLAINED;
            counts.merge(name, 1L, Long::sum);
            if (size > room) {
                details.add(one.getJavaClass().getName() + " 0x" + Long.toHexString(id) + ": ours " + size
                        + " bytes, the next object is " + room + " bytes on");
            }
        }
        return counts;
    }

    private Map<String, Long> retained() {
        long[] inOurSizes =
                book.sums(node -> object(node).map(HeapObject::shallow).orElse(0L));
        long[] inTheirSizes = book.retained(EnumSet.noneOf(PeerRule.class));
        PeerNames names = PeerNames.of(
                graph,
                biggest.stream()
                        .filter(one -> inTheirSizes[graph.numberOf(one.getInstanceId())] != one.getRetainedSize())
                        .toList());
        Map<String, Long> counts = new TreeMap<>();
        for (Instance one : biggest) {
            int node = graph.numberOf(one.getInstanceId());
            long retained = object(node).map(HeapObject::retained).orElse(-1L);
            boolean equal = dominators[node] == book.dominator(node) && retained == inOurSizes[node];
            String name = !equal
                    ? UNEXPLAINED
                    : inTheirSizes[node] == one.getRetainedSize()
                            ? EQUAL
                            : names.of(one).orElse(NO_RULE);
            counts.merge(name, 1L, Long::sum);
            if (!equal) {
                details.add(describe(node) + ": retains " + retained + " by ours, " + inOurSizes[node]
                        + " by the textbook in our sizes");
            }
        }
        return counts;
    }

    private Optional<HeapObject> object(int node) {
        return ours.object(graph.id(node));
    }

    private String describe(int node) {
        return node < 0
                ? "nobody"
                : node == graph.size()
                        ? "the top"
                        : object(node)
                                .map(HeapObject::toString)
                                .orElse("0x" + Long.toHexString(graph.id(node)) + ", unknown to ours");
    }
}
