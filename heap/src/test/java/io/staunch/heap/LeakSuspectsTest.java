package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakSuspectsTest {
    private static final int MANY = 500;

    @TempDir
    Path folder = Path.of("");

    private static HprofBuilder shop() {
        HprofBuilder dump = new HprofBuilder();
        dump.type("com.shop.Session", "java.lang.Object", List.of("data"));
        dump.type("java.util.HashMap$Node", "java.lang.Object", List.of("key", "value", "next"));
        dump.type("java.util.HashMap$Node[]", "java.lang.Object", List.of());
        dump.type("java.util.AbstractMap", "java.lang.Object", List.of());
        dump.type("java.util.HashMap", "java.util.AbstractMap", List.of("table"));
        dump.type("java.util.LinkedList$Node", "java.lang.Object", List.of("item", "next", "prev"));
        dump.type("java.util.LinkedList", "java.lang.Object", List.of("first", "last"));
        return dump;
    }

    /// A map of many sessions, two a bucket, as HashMap chains them.
    private static long sessionsInMap(HprofBuilder dump) {
        List<Long> buckets = new ArrayList<>();
        for (int i = 0; i < MANY / 2; i++) {
            long second = node(dump, 0);
            buckets.add(node(dump, second));
        }
        long table = dump.array(dump.newId(), "java.util.HashMap$Node[]", buckets);
        return dump.instance("java.util.HashMap", Map.of("table", table));
    }

    private static long node(HprofBuilder dump, long next) {
        long session = dump.instance("com.shop.Session", Map.of("data", dump.bytes(100)));
        return dump.instance("java.util.HashMap$Node", Map.of("value", session, "next", next));
    }

    private static HprofBuilder heldByStore(HprofBuilder dump, long container) {
        dump.type("com.shop.Store", "java.lang.Object", List.of(), Map.of("held", container));
        return dump.stickyClass("com.shop.Store");
    }

    @Test
    void sessionsInAStaticMapAreNamedWithTheirHolder() throws IOException {
        HprofBuilder dump = shop();
        heldByStore(dump, sessionsInMap(dump));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            LeakSuspect suspect = heap.report(5).suspects().getFirst();
            assertThat(suspect.type()).isEqualTo("com.shop.Session");
            assertThat(suspect.instances()).isEqualTo(MANY);
            assertThat(suspect.accumulation()).isEqualTo("java.util.HashMap");
            assertThat(suspect.holder()).containsExactly("static com.shop.Store.held", "java.util.HashMap.table");
            assertThat(suspect.shape()).isEqualTo(Shape.SESSIONS);
            assertThat(suspect.share()).isBetween(0.5, 1.0);
        }
    }

    @Test
    void linksThatHoldSeveralThingsEachArePiledUpThemselves() throws IOException {
        HprofBuilder dump = shop();
        dump.type("com.shop.Link", "java.lang.Object", List.of("job", "done", "count", "older"));
        for (String part : List.of("com.shop.Job", "com.shop.Done", "com.shop.Count")) {
            dump.type(part, "java.lang.Object", List.of());
        }
        long first = 0;
        for (int i = 0; i < MANY; i++) {
            first = dump.instance(
                    "com.shop.Link",
                    Map.of(
                            "job", dump.instance("com.shop.Job", Map.of()),
                            "done", dump.instance("com.shop.Done", Map.of()),
                            "count", dump.instance("com.shop.Count", Map.of()),
                            "older", first));
        }
        heldByStore(dump, first);
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            LeakSuspect suspect = heap.report(5).suspects().getFirst();
            assertThat(suspect.type()).isEqualTo("com.shop.Link");
            assertThat(suspect.instances()).isEqualTo(MANY);
        }
    }

    @Test
    void whatAnInternalPackageKeepsIsNotACacheForItsName() throws IOException {
        assertThat(shapeOfWhatIsKeptBy("com.shop.internal.Registry")).isEqualTo(Shape.OTHER);
        assertThat(shapeOfWhatIsKeptBy("com.shop.internal.PriceCache")).isEqualTo(Shape.CACHE);
    }

    private Shape shapeOfWhatIsKeptBy(String keeper) throws IOException {
        HprofBuilder dump = shop();
        dump.type("com.shop.Order", "java.lang.Object", List.of("data"));
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            orders.add(dump.instance("com.shop.Order", Map.of("data", dump.bytes(100))));
        }
        dump.type("com.shop.Order[]", "java.lang.Object", List.of());
        long all = dump.array(dump.newId(), "com.shop.Order[]", orders);
        dump.type(keeper, "java.lang.Object", List.of(), Map.of("held", all));
        dump.stickyClass(keeper);
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            return heap.report(5).suspects().getFirst().shape();
        }
    }

    @Test
    void arraysUnderNumberedKeysAreNamedAndNotTheirKeys() throws IOException {
        HprofBuilder dump = shop();
        dump.type("java.lang.Number", "java.lang.Object", List.of());
        dump.type("java.lang.Integer", "java.lang.Number", List.of());
        List<Long> buckets = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            long key = dump.instance("java.lang.Integer", Map.of());
            buckets.add(dump.instance("java.util.HashMap$Node", Map.of("key", key, "value", dump.bytes(100))));
        }
        long table = dump.array(dump.newId(), "java.util.HashMap$Node[]", buckets);
        heldByStore(dump, dump.instance("java.util.HashMap", Map.of("table", table)));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            assertThat(heap.report(5).suspects().getFirst().type()).isEqualTo("byte[]");
        }
    }

    @Test
    void aMapOfAllPartsOfAnApplicationDoesNotHideWhatPilesUpInOneOfThem() throws IOException {
        HprofBuilder dump = shop();
        dump.type("java.lang.String", "java.lang.Object", List.of("value"));
        dump.type("com.shop.Store", "java.lang.Object", List.of("sessions"));
        List<Long> beans = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            dump.type("com.shop.Part" + (char) ('A' + i), "java.lang.Object", List.of("large"));
            beans.add(dump.instance("com.shop.Part" + (char) ('A' + i), Map.of("large", dump.bytes(20_000))));
        }
        beans.add(dump.instance("com.shop.Store", Map.of("sessions", sessionsInMap(dump))));
        List<Long> nodes = new ArrayList<>();
        for (long bean : beans) {
            long key = dump.instance("java.lang.String", Map.of("value", dump.bytes(10)));
            nodes.add(dump.instance("java.util.HashMap$Node", Map.of("key", key, "value", bean)));
        }
        long table = dump.array(dump.newId(), "java.util.HashMap$Node[]", nodes);
        dump.type(
                "com.shop.Context",
                "java.lang.Object",
                List.of(),
                Map.of("beans", dump.instance("java.util.HashMap", Map.of("table", table))));
        dump.stickyClass("com.shop.Context");
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            LeakSuspect suspect = heap.report(5).suspects().getFirst();
            assertThat(suspect.type()).isEqualTo("com.shop.Session");
            assertThat(suspect.share()).isLessThan(0.2);
            assertThat(suspect.holder())
                    .startsWith("static com.shop.Context.beans")
                    .contains("com.shop.Store.sessions");
        }
    }

    /// As many connections as threads, all of them in one set that one thread's stack happens to lead to.
    @Test
    void whatOneStackLeadsToIsNotHeldByTheThreads() throws IOException {
        HprofBuilder dump = shop();
        dump.type("java.lang.Thread", "java.lang.Object", List.of());
        dump.type("com.shop.Store", "java.lang.Object", List.of("sessions"));
        long store = dump.instance("com.shop.Store", Map.of("sessions", sessionsInMap(dump)));
        for (int i = 0; i < MANY; i++) {
            long thread = dump.instance("java.lang.Thread", Map.of());
            if (i == 7) {
                dump.liveThread(thread, store);
            } else {
                dump.liveThread(thread);
            }
        }
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            Holding holding = heap.holdersOf(List.of("com.shop.Session")).getFirst();
            assertThat(holding.piled()).isEqualTo("com.shop.Session");
            assertThat(holding.holder()).contains("com.shop.Store.sessions");
            assertThat(holding.containers()).isEqualTo(1);
        }
    }

    @Test
    void aLinkedListOfAnyLengthIsOneContainer() throws IOException {
        HprofBuilder dump = shop();
        long next = 0;
        for (int i = 0; i < 20_000; i++) {
            long session = dump.instance("com.shop.Session", Map.of());
            next = dump.instance("java.util.LinkedList$Node", Map.of("item", session, "next", next));
        }
        heldByStore(dump, dump.instance("java.util.LinkedList", Map.of("first", next)));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            Holding holding = heap.holdersOf(List.of("com.shop.Session")).getFirst();
            assertThat(holding.instances()).isEqualTo(20_000);
            assertThat(holding.containers()).isEqualTo(1);
            assertThat(holding.holder()).containsExactly("static com.shop.Store.held", "java.util.LinkedList.first");
        }
    }

    @Test
    void theFewerInstancesElsewhereComeAfterTheContainerThatHasMost() throws IOException {
        HprofBuilder dump = shop();
        long map = sessionsInMap(dump);
        List<Long> few = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            few.add(dump.instance("com.shop.Session", Map.of("data", dump.bytes(10))));
        }
        dump.type("com.shop.Desk", "java.lang.Object", List.of(), Map.of("open", dump.array(dump.newId(), few)));
        dump.stickyClass("com.shop.Desk");
        heldByStore(dump, map);
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            List<Holding> holdings = heap.holdersOf(List.of("com.shop.Session"));
            assertThat(holdings).extracting(Holding::instances).containsExactly((long) MANY, 10L);
            assertThat(holdings.getLast().holder()).containsExactly("static com.shop.Desk.open");
        }
    }

    /// Watchers are references to something else that also know a session each, in a static array.
    private static void watched(HprofBuilder dump, List<Long> sessions) {
        dump.type("com.shop.Watcher", "java.lang.ref.WeakReference", List.of("session"));
        List<Long> watchers = new ArrayList<>();
        for (long session : sessions) {
            watchers.add(dump.instance("com.shop.Watcher", Map.of("session", session)));
        }
        dump.type(
                "com.shop.Watch",
                "java.lang.Object",
                List.of(),
                Map.of("ALL", dump.array(dump.newId(), "java.lang.Object[]", watchers)));
        dump.stickyClass("com.shop.Watch");
    }

    private static List<Long> sessions(HprofBuilder dump) {
        List<Long> sessions = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sessions.add(dump.instance("com.shop.Session", Map.of("data", dump.bytes(100))));
        }
        return sessions;
    }

    @Test
    void aPoolIsTheHolderRatherThanTheWatchersOfWhatItHolds() throws IOException {
        HprofBuilder dump = shop();
        List<Long> sessions = sessions(dump);
        watched(dump, sessions);
        dump.type("com.shop.Idle", "java.lang.Object", List.of("sessions"));
        dump.type("com.shop.Pool", "java.lang.Object", List.of("idle"));
        long idle = dump.instance("com.shop.Idle", Map.of("sessions", dump.array(dump.newId(), sessions)));
        heldByStore(dump, dump.instance("com.shop.Pool", Map.of("idle", idle)));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            Holding holding = heap.holdersOf(List.of("com.shop.Session")).getFirst();
            assertThat(holding.holder())
                    .containsExactly("static com.shop.Store.held", "com.shop.Pool.idle", "com.shop.Idle.sessions");
        }
    }

    @Test
    void whatNothingButWatchersHoldIsHeldByThem() throws IOException {
        HprofBuilder dump = shop();
        watched(dump, sessions(dump));
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            Holding holding = heap.holdersOf(List.of("com.shop.Session")).getFirst();
            assertThat(holding.instances()).isEqualTo(MANY);
            assertThat(holding.holder()).containsExactly("static com.shop.Watch.ALL");
        }
    }

    @Test
    void whatOnlySoftReferencesReachIsToldApart() throws IOException {
        HprofBuilder dump = shop();
        long soft = dump.instance("java.lang.ref.SoftReference", Map.of("referent", sessionsInMap(dump)));
        heldByStore(dump, soft);
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            Holding holding = heap.holdersOf(List.of("com.shop.Session")).getFirst();
            assertThat(holding.softOnly()).isTrue();
            assertThat(holding.instances()).isEqualTo(MANY);
        }
    }

    @Test
    void whatOnlyWeakReferencesReachIsNotReachable() throws IOException {
        HprofBuilder dump = shop();
        long weak = dump.instance("java.lang.ref.WeakReference", Map.of("referent", sessionsInMap(dump)));
        heldByStore(dump, weak);
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            assertThat(heap.holdersOf(List.of("com.shop.Session"))).isEmpty();
            assertThat(heap.report(5).reachable()).isLessThan(heap.objects() - MANY);
        }
    }

    @Test
    void theContainerThatGrewBetweenTwoDumpsIsFoundWhereverItMoved() throws IOException {
        HprofBuilder before = shop();
        before.newId();
        heldByStore(before, before.instance("java.util.HashMap", Map.of()));
        HprofBuilder after = shop();
        heldByStore(after, sessionsInMap(after));
        try (Heap older = Heap.open(before.writeTo(folder));
                Heap newer = Heap.open(after.writeTo(folder))) {
            HeapDiff diff = HeapDiff.between(older, newer, 10);
            assertThat(diff.holders().getFirst().type()).isEqualTo("com.shop.Session");
            assertThat(diff.holders().getFirst().holder()).startsWith("static com.shop.Store.held");
            assertThat(diff.types())
                    .extracting(HeapDiff.TypeGrowth::type)
                    .contains("com.shop.Session", "java.util.HashMap$Node");
        }
    }
}
