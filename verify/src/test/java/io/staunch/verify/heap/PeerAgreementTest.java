package io.staunch.verify.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.staunch.verify.heap.PeerAgreement.Agreement;
import io.staunch.verify.heap.PeerDominators.Flow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// On the dump of a small real JVM: ours beside the textbook, and names for where the other library differs.
class PeerAgreementTest {
    private static final int TOP = 300;

    @TempDir
    private static Path folder = Path.of("");

    private static Path dump = Path.of("");

    /// Holds pages, to which a list that only a soft reference reaches refers as well.
    static final class Shelf {
        private final Object[] pages = new Object[64];
        private final SoftReference<List<Object>> index;

        Shelf() {
            for (int i = 0; i < pages.length; i++) {
                pages[i] = new long[1000];
            }
            index = new SoftReference<>(List.of(pages));
        }
    }

    /// The JVM that is dumped.
    static final class Dumped {
        private static final Shelf SHELF = new Shelf();

        private Dumped() {}

        public static void main(String[] args) throws IOException {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
            System.out.println(SHELF.pages.length + (SHELF.index.get() == null ? " without index" : ""));
        }
    }

    @BeforeAll
    static void dumpAJvm() throws IOException, InterruptedException {
        dump = folder.resolve("small.hprof");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dumped.class.getName(),
                        dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void oursEqualsTheTextbookAndEveryDifferenceToTheLibraryHasAName() throws IOException {
        Agreement found = PeerAgreement.of(dump, TOP);
        assertThat(found.details()).isEmpty();
        assertThat(found.both()).isGreaterThan(5_000);
        assertThat(found.oneAlone()).isZero();
        assertThat(found.textbook()).isEqualTo(TOP);
        assertThat(found.library() + found.named()).isEqualTo(TOP);
    }

    @Test
    void aSoftReferenceThatTheLibraryTakesForAHolderGivesTheDifferenceItsName() throws IOException {
        Heap theirs = HeapFactory.createHeap(dump.toFile());
        Instance shelf = (Instance)
                theirs.getJavaClassByName(Shelf.class.getName()).getInstances().getFirst();
        PeerGraph graph = PeerGraph.of(theirs, PeerRecords.read(dump));
        EnumSet<PeerRule> ours = EnumSet.noneOf(PeerRule.class);
        long retained = PeerTextbook.of(graph, ours).retained(ours)[graph.numberOf(shelf.getInstanceId())];
        assertThat(retained).isGreaterThan(64 * 8000);
        assertThat(shelf.getRetainedSize()).isLessThan(8000);
        assertThat(PeerNames.of(graph, List.of(shelf)).of(shelf)).isEqualTo(Optional.of(PeerRule.WEAK.label()));
    }

    @Test
    void theTextbooksDominatorsAreThoseWithoutWhichNothingLeadsThere() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            int nodes = 3 + random.nextInt(12);
            int edges = 2 * nodes;
            int[] from = random.ints(edges, 0, nodes).toArray();
            int[] to = random.ints(edges, 0, nodes - 1).toArray();
            from[0] = nodes - 1;
            Flow flow = new Flow(nodes, from, to, edges);
            PeerDominators dominators = PeerDominators.of(flow);
            BitSet reached = reach(flow, -1);
            for (int without = 0; without < nodes - 1; without++) {
                BitSet left = reach(flow, without);
                for (int node = 0; node < nodes - 1; node++) {
                    boolean goes = reached.get(node) && !left.get(node);
                    assertThat(isAbove(dominators, without, node)).isEqualTo(goes);
                }
            }
        }
    }

    private static boolean isAbove(PeerDominators dominators, int above, int node) {
        int at = node;
        while (at >= 0 && at != above && dominators.dominator(at) != at) {
            at = dominators.dominator(at);
        }
        return at == above && dominators.dominator(node) >= 0;
    }

    private static BitSet reach(Flow flow, int without) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(flow.nodes() - 1));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (node != without && !reached.get(node)) {
                reached.set(node);
                for (int edge = 0; edge < flow.edges(); edge++) {
                    if (flow.from()[edge] == node) {
                        open.push(flow.to()[edge]);
                    }
                }
            }
        }
        return reached;
    }
}
