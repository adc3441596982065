package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.heap.internal.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DominatorsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aDiamondIsDominatedByItsTop() throws IOException {
        try (DrawnGraph graph = new DrawnGraph("""
                root -> a
                a -> b c
                b -> d
                c -> d
                """)) {
            assertThat(graph.dominatorOf("d")).isEqualTo("a");
            assertThat(graph.retained("b")).isEqualTo(graph.shallow("b"));
            assertThat(graph.retained("a"))
                    .isEqualTo(graph.shallow("a") + graph.shallow("b") + graph.shallow("c") + graph.shallow("d"));
        }
    }

    @Test
    void aRootThatAnotherRootRefersToIsDominatedByNone() throws IOException {
        try (DrawnGraph graph = new DrawnGraph("""
                root -> a c
                a -> b
                b -> c
                """)) {
            assertThat(graph.dominatorOf("c")).isEqualTo("root");
            assertThat(graph.retained("b")).isEqualTo(graph.shallow("b"));
        }
    }

    @Test
    void whatNoRootReachesIsUnreachable() throws IOException {
        try (DrawnGraph graph = new DrawnGraph("""
                root -> a
                b -> a
                """)) {
            assertThat(graph.isReachable("a")).isTrue();
            assertThat(graph.isReachable("b")).isFalse();
        }
    }

    /// What only a soft reference reaches:
    /// ```
    /// root -> map -> page
    /// root -> soft ~> index -> page
    /// ```
    @Test
    void whatOnlySoftReferencesReachTakesNoPartInWhoHoldsTheRest() throws IOException {
        HprofBuilder dump = new HprofBuilder();
        long page = dump.array(dump.newId(), List.of());
        long map = dump.array(dump.newId(), List.of(page));
        long index = dump.array(dump.newId(), List.of(page));
        dump.root(map);
        dump.root(dump.instance("java.lang.ref.SoftReference", Map.of("referent", index)));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            assertThat(heap.object(page).orElseThrow().dominator()).isEqualTo(heap.object(map));
            assertThat(heap.object(index).orElseThrow().isReachable()).isTrue();
        }
    }

    /// ```
    /// root -> soft ~> outer -> page
    /// root -> finalizer ~> closing -> inner ~> page
    /// ```
    @Test
    void aSoftReferenceThatOnlyAFinalizerReachesTakesNoPartInWhoHoldsWhatOthersReach() throws IOException {
        HprofBuilder dump = new HprofBuilder();
        long page = dump.array(dump.newId(), List.of());
        long outer = dump.array(dump.newId(), List.of(page));
        long inner = dump.instance("java.lang.ref.SoftReference", Map.of("referent", page));
        long closing = dump.array(dump.newId(), List.of(inner));
        dump.root(dump.instance("java.lang.ref.SoftReference", Map.of("referent", outer)));
        dump.root(dump.instance("java.lang.ref.FinalReference", Map.of("referent", closing)));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            assertThat(heap.object(page).orElseThrow().dominator()).isEqualTo(heap.object(outer));
            assertThat(heap.object(inner).orElseThrow().dominator()).isEqualTo(heap.object(closing));
        }
    }

    @Test
    void randomGraphsAgreeWithTheObviousSlowWay() throws IOException {
        agree(new Random(20261120), 300);
    }

    @Test
    @Tag("slow")
    void tenThousandRandomGraphsAgreeWithTheObviousSlowWay() throws IOException {
        agree(new Random(42), 10_000);
    }

    @Test
    void tablesInTemporaryFilesSayTheSame() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            Map<String, List<String>> links = randomLinks(random);
            try (DrawnGraph graph = new DrawnGraph(links, new Memory(0, Memory.usualFolder(), 1), 2)) {
                check(graph, links);
            }
        }
    }

    @Test
    void tablesThatWerePreparedAreTakenAndSayTheSame() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            Map<String, List<String>> links = randomLinks(random);
            Memory asked = new Memory(Long.MAX_VALUE / 2, Memory.usualFolder(), 1);
            Memory prepared = new Memory(Long.MAX_VALUE / 2, Memory.usualFolder(), 1);
            try (DrawnGraph one = new DrawnGraph(links, asked, 1);
                    DrawnGraph other = new DrawnGraph(links, prepared, 2)) {
                check(one, links);
                check(other, links);
                assertThat(prepared.peakBytes()).isEqualTo(asked.peakBytes());
            }
        }
    }

    private static void agree(Random random, int graphs) throws IOException {
        for (int i = 0; i < graphs; i++) {
            Map<String, List<String>> links = randomLinks(random);
            try (DrawnGraph graph = new DrawnGraph(links)) {
                check(graph, links);
            }
        }
    }

    private static Map<String, List<String>> randomLinks(Random random) {
        int objects = 2 + random.nextInt(14);
        double density = random.nextDouble() * 3;
        Map<String, List<String>> links = new TreeMap<>();
        links.put("root", pick(random, objects, 1 + random.nextInt(3)));
        for (int i = 0; i < objects; i++) {
            links.put("o" + i, pick(random, objects, (int) (density * random.nextDouble() * 2)));
        }
        return links;
    }

    private static List<String> pick(Random random, int objects, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "o" + random.nextInt(objects))
                .toList();
    }

    /// x dominates y when y can't be reached without x; x retains all that it dominates.
    private static void check(DrawnGraph graph, Map<String, List<String>> links) {
        Set<String> reachable = reach(links, "");
        for (String object : links.keySet()) {
            if (object.equals("root")) {
                continue;
            }
            assertThat(graph.isReachable(object)).as("%s in %s", object, links).isEqualTo(reachable.contains(object));
            if (reachable.contains(object)) {
                Set<String> without = reach(links, object);
                long retained = reachable.stream()
                        .filter(other -> !without.contains(other))
                        .mapToLong(graph::shallow)
                        .sum();
                assertThat(graph.retained(object)).as("%s in %s", object, links).isEqualTo(retained);
            }
        }
    }

    private static Set<String> reach(Map<String, List<String>> links, String without) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(links.getOrDefault("root", List.of()));
        while (!open.isEmpty()) {
            String object = open.pop();
            if (!object.equals(without) && seen.add(object)) {
                open.addAll(links.getOrDefault(object, List.of()));
            }
        }
        return seen;
    }
}
