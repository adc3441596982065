package io.staunch.verify.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.verify.heap.PeerDominators.Flow;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PeerDominatorsTest {
    @Test
    void everyImmediateDominatorIsTheNearestNodeWithoutWhichTheTopDoesNotLeadThere() {
        Random random = new Random(20_261_128);
        for (int round = 0; round < 2_000; round++) {
            Flow flow = drawn(random);
            PeerDominators dominators = PeerDominators.of(flow);
            for (int node = 0; node < flow.nodes(); node++) {
                assertThat(dominators.dominator(node))
                        .as("of %d in round %d", node, round)
                        .isEqualTo(nearest(flow, node));
            }
        }
    }

    @Test
    void inAListOfAMillionThatLeadsBothWaysEachIsDominatedByTheOneBefore() {
        int length = 1_000_000;
        int[] from = new int[2 * length];
        int[] to = new int[2 * length];
        int edges = 0;
        for (int node = 0; node < length; node++) {
            int before = node == 0 ? length : node - 1;
            from[edges] = before;
            to[edges++] = node;
            from[edges] = node;
            to[edges++] = before;
        }
        PeerDominators dominators = PeerDominators.of(new Flow(length + 1, from, to, edges));
        for (int node = 1; node < length; node++) {
            assertThat(dominators.dominator(node)).isEqualTo(node - 1);
        }
    }

    private static Flow drawn(Random random) {
        int nodes = 2 + random.nextInt(14);
        int edges = random.nextInt(3 * nodes);
        int[] from = new int[edges];
        int[] to = new int[edges];
        for (int edge = 0; edge < edges; edge++) {
            from[edge] = random.nextInt(nodes);
            to[edge] = random.nextInt(nodes);
        }
        return new Flow(nodes, from, to, edges);
    }

    /// By the definition: of all that dominate the node, the one that all others of them dominate.
    private static int nearest(Flow flow, int node) {
        int top = flow.nodes() - 1;
        if (node == top || !reached(flow, -1)[node]) {
            return node == top ? top : -1;
        }
        int nearest = top;
        for (int other = 0; other < top; other++) {
            if (other != node && !reached(flow, other)[node] && (nearest == top || !reached(flow, nearest)[other])) {
                nearest = other;
            }
        }
        return nearest;
    }

    /// Where the top leads when a node is taken out.
    private static boolean[] reached(Flow flow, int without) {
        boolean[] reached = new boolean[flow.nodes()];
        reached[flow.nodes() - 1] = without != flow.nodes() - 1;
        boolean more = true;
        while (more) {
            more = false;
            for (int edge = 0; edge < flow.edges(); edge++) {
                if (reached[flow.from()[edge]] && !reached[flow.to()[edge]] && flow.to()[edge] != without) {
                    reached[flow.to()[edge]] = true;
                    more = true;
                }
            }
        }
        return reached;
    }
}
