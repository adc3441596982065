package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of docs/heap.md, run. The last test checks that the page shows these very lines.
class ExamplesTest {
    private static final int MANY = 40;

    @TempDir
    Path folder = Path.of("");

    private Path dump = Path.of("");
    private Path older = Path.of("");

    @BeforeEach
    void makeDumps() throws IOException {
        older = shop(MANY / 2);
        dump = shop(MANY);
    }

    private Path shop(int sessions) throws IOException {
        HprofBuilder built = new HprofBuilder();
        built.type("com.shop.Session", "java.lang.Object", List.of("user", "cart"));
        built.type("com.shop.Cart", "java.lang.Object", List.of());
        built.type("java.util.ArrayList", "java.lang.Object", List.of("elementData"));
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            long user = i % 2 == 0 ? 0 : built.javaString("user " + i);
            long cart = built.instance("com.shop.Cart", Map.of());
            all.add(built.instance("com.shop.Session", Map.of("user", user, "cart", cart)));
        }
        long list = built.instance("java.util.ArrayList", Map.of("elementData", built.array(built.newId(), all)));
        built.type("com.shop.SessionStore", "java.lang.Object", List.of(), Map.of("sessions", list));
        built.stickyClass("com.shop.SessionStore");
        return built.writeTo(folder);
    }

    @Test
    void suspectsInAFewLines() throws IOException {
        List<String> said = new ArrayList<>();
        // example: suspects
        try (Heap heap = Heap.open(dump)) {
            for (LeakSuspect suspect : heap.report(20).suspects()) {
                said.add(suspect.why());
                said.add("owned by " + suspect.library().map(Library::purl).orElse("the application"));
            }
        }
        // end
        assertThat(said.getFirst())
                .startsWith("40 com.shop.Session (sessions that are never removed) in one java.util.ArrayList");
        assertThat(said.getLast()).isEqualTo("owned by the application");
    }

    @Test
    void aQueryOverAllInstances() throws IOException {
        List<String> said = new ArrayList<>();
        // example: query
        try (Heap heap = Heap.open(dump)) {
            heap.instancesOf("com.shop.Session")
                    .filter(session -> session.reference("user").isEmpty())
                    .forEach(session -> said.add(session + " keeps " + session.retained() + " bytes alive"));
        }
        // end
        assertThat(said)
                .hasSize(MANY / 2)
                .allMatch(line -> line.matches("com.shop.Session 0x\\w+ keeps \\d+ bytes alive"));
    }

    @Test
    void whoHoldsATypeAndWhatDominatesAnObject() throws IOException {
        List<String> said = new ArrayList<>();
        // example: holders
        try (Heap heap = Heap.open(dump)) {
            for (Holding holding : heap.holdersOf(List.of("com.shop.Cart"))) {
                said.add(holding.instances() + " carts under " + String.join(" → ", holding.holder()));
            }
            HeapObject cart = heap.instancesOf("com.shop.Cart").findFirst().orElseThrow();
            cart.dominator().ifPresent(session -> said.add(cart + " goes with " + session));
        }
        // end
        assertThat(said.getFirst()).startsWith("40 carts under static com.shop.SessionStore.sessions");
        assertThat(said.getLast()).contains("goes with com.shop.Session 0x");
    }

    @Test
    void whatGrewBetweenTwoDumps() throws IOException {
        List<String> said = new ArrayList<>();
        // example: diff
        try (Heap before = Heap.open(older);
                Heap after = Heap.open(dump)) {
            for (HeapDiff.HolderGrowth grown :
                    HeapDiff.between(before, after, 10).holders()) {
                said.add(grown.type() + ": " + grown.elementsBefore() + " → " + grown.elementsAfter());
            }
        }
        // end
        assertThat(said).containsExactly("com.shop.Session: 20 → 40");
    }

    @Test
    void theDocumentationShowsTheseExamples() throws IOException {
        Path sources = Path.of("src/test/java/io/staunch/heap/ExamplesTest.java");
        List<String> tested = snippets(Files.readString(sources), "(?s)// example: \\w+\\n(.*?)\\n *// end");
        List<String> shown = snippets(Files.readString(Path.of("../docs/heap.md")), "(?s)```java\\n(.*?)\\n```");
        assertThat(tested).hasSize(4);
        assertThat(shown).isEqualTo(tested);
    }

    private static List<String> snippets(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> plain(found))
                .toList();
    }

    /// How lines are broken does not matter, and a page prints where a test collects.
    private static String plain(MatchResult found) {
        return found.group(1)
                .replaceAll("\\s+", " ")
                .replace("System.out.println(", "said.add(")
                .strip();
    }
}
