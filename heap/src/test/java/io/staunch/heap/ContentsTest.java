package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.ImmutableMap;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.tomcat.util.collections.SynchronizedStack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.util.ConcurrentReferenceHashMap;

/// Real collections, filled, dumped by the JVM that runs this test and read back.
@SuppressWarnings("JdkObsolete") // services still use them, so they are read
class ContentsTest {
    private static final int MANY = 1_000;

    /// What is kept in the collections.
    record Order(int number) implements Comparable<Order> {
        @Override
        public int compareTo(Order other) {
            return Integer.compare(number, other.number);
        }
    }

    /// Keeps one collection, so that its address can be found in the dump by the name.
    ///
    /// @param isMap whether strings are its keys
    record Kept(String name, Object collection, boolean isMap) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// What keys and orders stay alive by where a collection holds them weakly.
    private static final List<Object> ALIVE = new ArrayList<>();

    static final List<Kept> KEPT = new ArrayList<>();

    static {
        map("HashMap", HashMap::new);
        map("LinkedHashMap", LinkedHashMap::new);
        map("TreeMap", TreeMap::new);
        map("Hashtable", Hashtable::new);
        map("WeakHashMap", WeakHashMap::new);
        map("IdentityHashMap", IdentityHashMap::new);
        map("ConcurrentHashMap", ConcurrentHashMap::new);
        map("ConcurrentSkipListMap", ConcurrentSkipListMap::new);
        map("synchronized map", () -> Collections.synchronizedMap(new HashMap<>()));
        collection("ArrayList", ArrayList::new);
        collection("LinkedList", LinkedList::new);
        collection("Vector", Vector::new);
        collection("ArrayDeque", ArrayDeque::new);
        collection("PriorityQueue", PriorityQueue::new);
        collection("HashSet", HashSet::new);
        collection("TreeSet", TreeSet::new);
        collection("CopyOnWriteArrayList", CopyOnWriteArrayList::new);
        collection("CopyOnWriteArraySet", CopyOnWriteArraySet::new);
        collection("ConcurrentLinkedQueue", ConcurrentLinkedQueue::new);
        collection("ConcurrentLinkedDeque", ConcurrentLinkedDeque::new);
        collection("LinkedBlockingQueue", LinkedBlockingQueue::new);
        collection("LinkedBlockingDeque", LinkedBlockingDeque::new);
        collection("PriorityBlockingQueue", PriorityBlockingQueue::new);
        collection("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(2 * MANY));
        collection("concurrent set", ConcurrentHashMap::newKeySet);
        map(
                "Caffeine, unbounded",
                () -> Caffeine.newBuilder().<String, Object>build().asMap());
        map(
                "Caffeine, bounded and expiring",
                () -> Caffeine.newBuilder()
                        .maximumSize(10 * MANY)
                        .expireAfterAccess(Duration.ofHours(1))
                        .<String, Object>build()
                        .asMap());
        map(
                "Caffeine, weak values",
                () -> Caffeine.newBuilder().weakValues().<String, Object>build().asMap());
        map(
                "Guava's cache",
                () -> CacheBuilder.newBuilder()
                        .maximumSize(10 * MANY)
                        .<String, Object>build()
                        .asMap());
        map("Guava's HashBiMap", HashBiMap::create);
        KEPT.add(new Kept("Guava's ImmutableMap", ImmutableMap.copyOf(filled(new HashMap<>())), true));
        map("Spring's ConcurrentReferenceHashMap", ConcurrentReferenceHashMap::new);
        SynchronizedStack<Object> stack = new SynchronizedStack<>();
        orders().forEach(stack::push);
        KEPT.add(new Kept("Tomcat's SynchronizedStack", stack, false));
    }

    private static Stream<Order> orders() {
        return Stream.iterate(0, n -> n + 1).limit(MANY).map(Order::new);
    }

    private static void map(String name, Supplier<Map<String, Object>> empty) {
        KEPT.add(new Kept(name, filled(empty.get()), true));
    }

    private static Map<String, Object> filled(Map<String, Object> map) {
        orders().forEach(order -> {
            String key = "order " + order.number();
            ALIVE.add(key);
            ALIVE.add(order);
            map.put(key, order);
        });
        return map;
    }

    private static void collection(String name, Supplier<Collection<Object>> empty) {
        Collection<Object> collection = empty.get();
        orders().forEach(collection::add);
        KEPT.add(new Kept(name, collection, false));
    }

    @TempDir
    static Path folder = Path.of("");

    private static Heap heap;

    @BeforeAll
    static void dump() throws IOException {
        Path file = folder.resolve("kept.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        heap = Heap.open(file);
    }

    @AfterAll
    static void close() {
        heap.close();
        ALIVE.clear();
    }

    @ParameterizedTest
    @FieldSource("KEPT")
    void elementsAndTheirTypesAreCounted(Kept kept) {
        Contents contents = contents(kept, false);
        assertThat(contents.elements()).isEqualTo(MANY);
        assertThat(contents.complete()).isTrue();
        Contents.TypeCount orders = new Contents.TypeCount(Order.class.getName(), MANY);
        if (kept.isMap()) {
            assertThat(contents.keys()).containsExactly(new Contents.TypeCount("java.lang.String", MANY));
            assertThat(contents.values()).containsExactly(orders);
        } else {
            assertThat(Stream.concat(contents.keys().stream(), contents.values().stream()))
                    .contains(orders);
        }
    }

    private static Contents contents(Kept kept, boolean showValues) {
        return heap.contentsOf(addressOf(kept), showValues).orElseThrow();
    }

    private static long addressOf(Kept kept) {
        return fieldOf(kept.name(), "collection").id();
    }

    private static HeapObject fieldOf(String name, String field) {
        return heap.instancesOf(Kept.class.getName())
                .filter(kept -> kept.reference("name")
                        .flatMap(HeapObject::text)
                        .orElse("")
                        .equals(name))
                .findFirst()
                .flatMap(kept -> kept.reference(field))
                .orElseThrow();
    }

    @Test
    void valuesAreShownOnlyWhenAskedFor() {
        Kept kept = KEPT.getFirst();
        assertThat(contents(kept, false).samples()).isEmpty();
        assertThat(contents(kept, true).samples()).hasSize(5).allMatch(sample -> sample.startsWith("\"order "));
        assertThat(contents(kept, false).describe())
                .isEqualTo("1,000 entries: java.lang.String → io.staunch.heap.ContentsTest$Order");
    }

    @Test
    void whatIsNoCollectionHasNoContents() {
        assertThat(fieldOf("HashMap", "name").contents()).isEmpty();
        assertThat(heap.contentsOf(1, false)).isEmpty();
    }
}
