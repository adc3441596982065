package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingCollectionRuleTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private static final Map<String, Object> OPEN = new HashMap<>(); void put(String k) { OPEN.put(k, k); }",
                "static final Map<String, Object> OPEN = new ConcurrentHashMap<>();"
                        + " Object get(String k) { return OPEN.computeIfAbsent(k, x -> new Object()); }",
                "private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());"
                        + " void see(String s) { SEEN.add(s); }",
                "private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();"
                        + " boolean see(String s) { return SEEN.add(s) && !SEEN.contains(s); }",
                "private static final Map<String, String> A = new HashMap<>(); static Map<String, String> all() {"
                        + " return Collections.unmodifiableMap(A); } void put(String k) { A.put(k, k); }",
            })
    void aStaticCollectionThatIsOnlyAddedToIsFound(String body) throws IOException {
        assertThat(Sources.found(folder, body)).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo("static-collection-grows");
            assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
        });
    }

    @Test
    void whatAddsANewObjectEachTimeIsCertain() throws IOException {
        String body = "static class Visit {} private static final List<Visit> ALL = new ArrayList<>();"
                + " void visit() { ALL.add(new Visit()); }";
        assertThat(Sources.found(folder, "class Shop {" + body + "}"))
                .singleElement()
                .extracting(ReviewFinding::confidence)
                .isEqualTo(Confidence.CERTAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private static final Map<String, Object> M = new HashMap<>(); void put(String k) { M.put(k, k); }"
                        + " void end(String k) { M.remove(k); }",
                "private static final Map<String, Object> M = new HashMap<>(); void put(String k) { M.put(k, k); }"
                        + " void end() { for (var i = M.values().iterator(); i.hasNext();) { i.next(); i.remove(); } }",
                "private static final Map<String, Object> M = new HashMap<>(); void put(String k) { M.put(k, k); }"
                        + " static Map<String, Object> all() { return M; }",
                "private static final Map<String, Object> M = new HashMap<>();"
                        + " void put(String k) { if (M.size() < 100) { M.put(k, k); } }",
                "private static Map<String, Object> M = new HashMap<>(); void put(String k) { M.put(k, k); }"
                        + " void reset() { M = new HashMap<>(); }",
                "private static final Map<String, Object> M = new WeakHashMap<>(); void put(String k) { M.put(k, k); }",
                "private static final Map<Class<?>, Object> M = new HashMap<>();"
                        + " void put(Object k) { M.put(k.getClass(), k); }",
                "private static final Map<String, Object> M = new HashMap<>();"
                        + " void put(Object k) { M.put(k.getClass().getName(), k); }",
                "private static final Map<Thread.State, Object> M = new HashMap<>();"
                        + " void put(Thread.State k) { M.put(k, k); }",
                "private static final Map<String, Object> M = new HashMap<>(); void put() { M.put(\"a\", 1); }",
                "private static final Map<String, Object> M = new HashMap<>(); static { fill(); }"
                        + " private static void fill() { for (int i = 0; i < 9; i++) { M.put(\"\" + i, i); } }",
                "private static final Map<String, Object> M = new HashMap<>();"
                        + " static { List.of(\"a\", \"b\").forEach(k -> M.put(k, k)); }",
                "private static final Map<String, Object> M = new HashMap<>(); static { fill(); }"
                        + " private static void fill() { List.of(\"a\").forEach(k -> put(k)); }"
                        + " private static void put(String k) { M.put(k, k); }",
                "private final Map<String, Object> m = new HashMap<>(); void put(String k) { m.put(k, k); }",
                "private static final Map<String, Object> M = new LinkedHashMap<>() {"
                        + " protected boolean removeEldestEntry(Map.Entry<String, Object> e) { return size() > 9; } };"
                        + " void put(String k) { M.put(k, k); }",
            })
    void aCollectionThatLetsGoOrHasABoundIsNot(String body) throws IOException {
        assertThat(Sources.found(folder, body)).isEmpty();
    }

    @Test
    void aSingletonsCollectionCountsLikeAStaticOne() throws IOException {
        String singleton = "class Shop { static final Shop ONLY = new Shop(); private Shop() {}"
                + " private final Map<String, Object> open = new HashMap<>(); void put(String k) { open.put(k, k); } }";
        assertThat(Sources.found(folder, singleton)).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo("singleton-collection-grows");
            assertThat(found.what()).contains("com.shop.Shop.open (Map)");
        });
    }

    @Test
    void anotherClassOfTheJarThatRemovesIsSeen() throws IOException {
        assertThat(Sources.found(
                        folder,
                        "class Shop { static final Map<String, Object> OPEN = new HashMap<>(); void put(String k) { OPEN.put(k, k); } }",
                        "class Sweeper { void sweep() { Shop.OPEN.clear(); } }"))
                .isEmpty();
    }
}
