package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Troubles with a name, each on a heap that has it and nothing else.
class FindingsTest {
    @TempDir
    Path folder = Path.of("");

    private final HprofBuilder dump = new HprofBuilder();

    private Finding finding(Shape shape) throws IOException {
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            List<Finding> all = new ArrayList<>(heap.report(5).findings());
            all.addAll(heap.waste());
            return all.stream().filter(one -> one.shape() == shape).findFirst().orElseThrow();
        }
    }

    private void hold(long... objects) {
        for (long object : objects) {
            dump.root(object);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "com.shop.CartSession, java.lang.Object, SESSIONS",
        "com.shop.Cart, com.shop.BaseSession, SESSIONS",
        "com.shop.PooledConnection, java.lang.Object, CONNECTIONS",
        "com.shop.Line, java.net.Socket, CONNECTIONS",
        "com.shop.QueryStatement, java.lang.Object, STATEMENTS",
        "com.shop.OrderListener, java.lang.Object, LISTENERS",
        "com.shop.Reminder, java.util.TimerTask, TIMERS",
        "com.shop.Worker, java.lang.Thread, THREADS",
        "com.shop.PlugIns, java.lang.ClassLoader, CLASS_LOADERS",
        "com.shop.Order, java.lang.Object, OTHER"
    })
    void whatPilesUpIsRecognisedByItsKind(String type, String superType, Shape shape) throws IOException {
        for (String standard : List.of(
                "java.net.Socket",
                "java.util.TimerTask",
                "java.lang.Thread",
                "java.lang.ClassLoader",
                "com.shop.BaseSession")) {
            dump.type(standard, "java.lang.Object", List.of());
        }
        dump.type(type, superType, List.of());
        List<Long> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(dump.instance(type, Map.of()));
        }
        dump.type("com.shop.Desk", "java.lang.Object", List.of(), Map.of("all", dump.array(dump.newId(), many)));
        dump.stickyClass("com.shop.Desk");
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            LeakSuspect suspect = heap.report(5).suspects().getFirst();
            assertThat(suspect.type()).isEqualTo(type);
            assertThat(suspect.shape()).isEqualTo(shape);
        }
    }

    @Test
    void objectsThatOnlyWaitForTheirFinalizerAreCounted() throws IOException {
        dump.type("com.shop.Stream", "java.lang.Object", List.of("buffer"));
        for (int i = 0; i < 7; i++) {
            long stream = dump.instance("com.shop.Stream", Map.of("buffer", dump.bytes(1000)));
            hold(dump.instance("java.lang.ref.FinalReference", Map.of("referent", stream)));
        }
        Finding found = finding(Shape.FINALIZERS);
        assertThat(found.count()).isEqualTo(7);
        assertThat(found.bytes()).isBetween(7_000L, 8_000L);
        assertThat(found.what()).contains("7 objects wait for their finalizer, 7 of them com.shop.Stream");
    }

    @Test
    void valuesOfThreadsThatEndedAreFound() throws IOException {
        dump.type("java.lang.ThreadLocal$ThreadLocalMap", "java.lang.Object", List.of("table"));
        dump.type("java.lang.Thread", "java.lang.Object", List.of("threadLocals"));
        dump.type("com.shop.Registry", "java.lang.Object", List.of("last"));
        long values = dump.instance("java.lang.ThreadLocal$ThreadLocalMap", Map.of("table", dump.bytes(5000)));
        long thread = dump.instance("java.lang.Thread", Map.of("threadLocals", values));
        hold(dump.instance("com.shop.Registry", Map.of("last", thread)));
        Finding found = finding(Shape.THREAD_LOCALS);
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.bytes()).isGreaterThan(5000);
        assertThat(found.holder()).contains("com.shop.Registry.last");
    }

    @Test
    void loadersThatLoadedTheSameClassesAgainAreFound() throws IOException {
        dump.type("java.lang.ClassLoader", "java.lang.Object", List.of());
        dump.type("com.shop.AppLoader", "java.lang.ClassLoader", List.of());
        dump.type("com.shop.Registry", "java.lang.Object", List.of("old", "now"));
        List<Long> loaders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long loader = dump.instance("com.shop.AppLoader", Map.of());
            loaders.add(loader);
            dump.definedBy(loader);
            for (String name : List.of("com.app.Main", "com.app.Order", "com.app.Cart")) {
                dump.type(name, "java.lang.Object", List.of());
            }
            dump.definedBy(0);
        }
        hold(dump.instance("com.shop.Registry", Map.of("old", loaders.getFirst(), "now", loaders.getLast())));
        Finding found = finding(Shape.CLASS_LOADERS);
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.what()).contains("2 class loaders com.shop.AppLoader have loaded the same classes, 3 each");
        assertThat(found.what()).contains("held by com.shop.Registry.");
    }

    @Test
    void equalStringsAreCountedOnceTooOften() throws IOException {
        for (int i = 0; i < 10; i++) {
            hold(dump.javaString("the same text"), dump.javaString("text " + i));
        }
        Finding found = finding(Shape.DUPLICATE_STRINGS);
        assertThat(found.count()).isEqualTo(9);
        assertThat(found.what()).contains("9 strings are copies of others: 11 different texts would do");
    }

    @Test
    void nothingIsFoundInAHeapWithoutTrouble() throws IOException {
        hold(dump.javaString("one"), dump.javaString("two"));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            assertThat(heap.report(5).findings()).isEmpty();
            assertThat(heap.waste()).isEmpty();
        }
    }
}
