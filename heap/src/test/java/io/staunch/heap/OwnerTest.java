package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose leak it is, by who holds and what is held.
class OwnerTest {
    private static final int MANY = 300;
    private static final String REPOSITORY = "/home/a/.m2/repository/";
    private static final String CLIENT = REPOSITORY + "org/mail/mail-client/1.0/mail-client-1.0.jar";
    private static final String BROKER = REPOSITORY + "org/mail/mail-broker/1.0/mail-broker-1.0.jar";
    private static final String TOOLS = REPOSITORY + "com/tools/tools/3.2/tools-3.2.jar";
    private static final String SHOP = "/srv/shop/classes/";

    @TempDir
    Path folder = Path.of("");

    private HprofBuilder dump = new HprofBuilder();

    @BeforeEach
    void declareCollections() {
        dump = new HprofBuilder();
        dump.type("java.util.ArrayList", "java.lang.Object", List.of("elementData"));
        dump.type("java.util.HashMap$Node", "java.lang.Object", List.of("key", "value", "next"));
        dump.type("java.util.HashMap$Node[]", "java.lang.Object", List.of());
        dump.type("java.util.AbstractMap", "java.lang.Object", List.of());
        dump.type("java.util.HashMap", "java.util.AbstractMap", List.of("table"));
    }

    private void type(String jar, String name, String superName, String... fields) {
        dump.from(jar).type(name, superName, List.of(fields));
    }

    private long list(Supplier<Long> element) {
        List<Long> elements = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            elements.add(element.get());
        }
        return dump.instance("java.util.ArrayList", Map.of("elementData", dump.array(dump.newId(), elements)));
    }

    private long map(Supplier<Long> key, Supplier<Long> value) {
        List<Long> nodes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            nodes.add(dump.instance("java.util.HashMap$Node", Map.of("key", key.get(), "value", value.get())));
        }
        return dump.instance(
                "java.util.HashMap", Map.of("table", dump.array(dump.newId(), "java.util.HashMap$Node[]", nodes)));
    }

    private LeakSuspect suspect(long held) throws IOException {
        dump.from(SHOP).type("com.shop.Main", "java.lang.Object", List.of(), Map.of("held", held));
        dump.stickyClass("com.shop.Main");
        try (Heap heap = Heap.open(dump.writeTo(folder))) {
            return heap.report(5).suspects().getFirst();
        }
    }

    private String ownerOf(long held) throws IOException {
        return suspect(held).library().map(Library::artifact).orElse("the application");
    }

    @Test
    void aSubclassOwnsWhatItsSuperclassHoldsForIt() throws IOException {
        type(CLIENT, "org.mail.Usage", "java.lang.Object", "children");
        type(BROKER, "org.mail.broker.TempUsage", "org.mail.Usage", "store");
        long children = list(() -> dump.instance("org.mail.broker.TempUsage", Map.of()));
        assertThat(ownerOf(dump.instance("org.mail.broker.TempUsage", Map.of("children", children))))
                .isEqualTo("mail-broker");
    }

    @Test
    void aSuperclassOwnsWhatItFillsWithItsOwnThoughASubclassHoldsIt() throws IOException {
        type(CLIENT, "org.mail.AbstractPool", "java.lang.Object", "routes");
        type(CLIENT, "org.mail.RoutePool", "java.lang.Object");
        type(BROKER, "org.mail.broker.BrokerPool", "org.mail.AbstractPool");
        long routes = list(() -> dump.instance("org.mail.RoutePool", Map.of()));
        assertThat(ownerOf(dump.instance("org.mail.broker.BrokerPool", Map.of("routes", routes))))
                .isEqualTo("mail-client");
    }

    @Test
    void aPromiseOfAUtilityLibraryServesTheClientThatHasItAsAPart() throws IOException {
        type(TOOLS, "com.tools.DefaultPromise", "java.lang.Object", "listeners");
        type(TOOLS, "com.tools.DefaultListeners", "java.lang.Object", "elements");
        type(CLIENT, "org.mail.Connection", "java.lang.Object", "shutdown");
        type(CLIENT, "org.mail.Connection$1", "java.lang.Object", "outer");
        List<Long> elements = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            elements.add(dump.instance("org.mail.Connection$1", Map.of()));
        }
        long array = dump.array(dump.newId(), elements);
        long listeners = dump.instance("com.tools.DefaultListeners", Map.of("elements", array));
        long promise = dump.instance("com.tools.DefaultPromise", Map.of("listeners", listeners));
        assertThat(ownerOf(dump.instance("org.mail.Connection", Map.of("shutdown", promise))))
                .isEqualTo("mail-client");
    }

    @Test
    void aPlugInOwnsItsMapThoughWhatItIsPluggedIntoMadeTheKeys() throws IOException {
        type(CLIENT, "org.mail.Client", "java.lang.Object", "interceptors");
        type(CLIENT, "org.mail.Request", "java.lang.Object");
        type(TOOLS, "com.tools.TimingInterceptor", "java.lang.Object", "timers");
        long timers = map(() -> dump.instance("org.mail.Request", Map.of()), () -> dump.javaString("t"));
        long interceptor = dump.instance("com.tools.TimingInterceptor", Map.of("timers", timers));
        long chain = dump.instance(
                "java.util.ArrayList", Map.of("elementData", dump.array(dump.newId(), List.of(interceptor))));
        assertThat(ownerOf(dump.instance("org.mail.Client", Map.of("interceptors", chain))))
                .isEqualTo("tools");
    }

    @Test
    void aCacheThatTheApplicationFillsIsTheApplications() throws IOException {
        type(TOOLS, "com.tools.BoundlessCache", "java.lang.Object", "data");
        type(SHOP, "com.shop.Order", "java.lang.Object");
        long data = map(() -> dump.javaString("k"), () -> dump.instance("com.shop.Order", Map.of()));
        LeakSuspect suspect = suspect(dump.instance("com.tools.BoundlessCache", Map.of("data", data)));
        assertThat(suspect.library()).isEmpty();
        assertThat(suspect.type()).isEqualTo("com.shop.Order");
    }

    @Test
    void aCachesOwnEntriesAreNotWhatPilesUp() throws IOException {
        type(TOOLS, "com.tools.BoundlessCache", "java.lang.Object", "data");
        type(TOOLS, "com.tools.PSMS", "java.lang.Object", "key", "value");
        List<Long> keys = new ArrayList<>();
        long data = map(
                () -> {
                    keys.add(dump.javaString("k"));
                    return keys.getLast();
                },
                () -> dump.instance("com.tools.PSMS", Map.of("key", keys.getLast(), "value", dump.bytes(5_000))));
        LeakSuspect suspect = suspect(dump.instance("com.tools.BoundlessCache", Map.of("data", data)));
        assertThat(suspect.type()).isEqualTo("byte[]");
        assertThat(suspect.library()).isEmpty();
    }

    @Test
    void aTreeMapOfAnotherLanguageServesTheClientThatHasItAsAPart() throws IOException {
        type(TOOLS, "com.tools.TreeMap", "java.lang.Object", "tree");
        type(
                TOOLS,
                "com.tools.RedBlack$Tree",
                "java.lang.Object",
                "com$tools$$_key",
                "com$tools$$_value",
                "left_",
                "_right");
        type(CLIENT, "org.mail.Guardian", "java.lang.Object", "children");
        type(CLIENT, "org.mail.Child", "java.lang.Object");
        long children = dump.instance("com.tools.TreeMap", Map.of("tree", tree(8)));
        LeakSuspect suspect = suspect(dump.instance("org.mail.Guardian", Map.of("children", children)));
        assertThat(suspect.type()).isEqualTo("org.mail.Child");
        assertThat(suspect.library().map(Library::artifact)).contains("mail-client");
    }

    private long tree(int height) {
        if (height == 0) {
            return 0;
        }
        Map<String, Long> node = Map.of(
                "com$tools$$_key", dump.javaString("k"),
                "com$tools$$_value", dump.instance("org.mail.Child", Map.of()),
                "left_", tree(height - 1),
                "_right", tree(height - 1));
        return dump.instance("com.tools.RedBlack$Tree", node);
    }

    @Test
    void aLibrarysCacheOfPlainTextIsThatLibrarysAndNotTheUtilitys() throws IOException {
        type(TOOLS, "com.tools.BoundlessCache", "java.lang.Object", "data");
        type(CLIENT, "org.mail.Resolver", "java.lang.Object", "names");
        long data = map(() -> dump.javaString("k"), () -> dump.javaString("v"));
        long cache = dump.instance("com.tools.BoundlessCache", Map.of("data", data));
        assertThat(ownerOf(dump.instance("org.mail.Resolver", Map.of("names", cache))))
                .isEqualTo("mail-client");
    }

    @Test
    void twoMapsOfOneOwnerAreTwoContainersAndOneSuspect() throws IOException {
        type(CLIENT, "org.mail.Registry", "java.lang.Object", "idsByUser", "sessions");
        type(CLIENT, "org.mail.Session", "java.lang.Object");
        long ids = map(() -> dump.javaString("user"), () -> dump.javaString("a longer id of this user's session"));
        long sessions = map(() -> dump.javaString("id"), () -> dump.instance("org.mail.Session", Map.of()));
        LeakSuspect suspect =
                suspect(dump.instance("org.mail.Registry", Map.of("idsByUser", ids, "sessions", sessions)));
        assertThat(suspect.type()).isEqualTo("org.mail.Session");
        assertThat(suspect.holder())
                .contains("org.mail.Registry.sessions")
                .doesNotContain("org.mail.Registry.idsByUser");
        assertThat(suspect.alsoHeldBy()).hasSize(1);
        assertThat(suspect.alsoHeldBy().getFirst()).contains("org.mail.Registry.idsByUser");
        assertThat(suspect.share()).isGreaterThan(0.9);
        assertThat(suspect.why()).contains("held by org.mail.Registry.sessions and by org.mail.Registry.idsByUser");
    }

    @Test
    void twoContainersThatHoldTheSameObjectsAreBothNamed() throws IOException {
        type(CLIENT, "org.mail.Registry", "java.lang.Object", "inOrder", "byId");
        type(CLIENT, "org.mail.Session", "java.lang.Object", "data");
        List<Long> made = new ArrayList<>();
        long list = list(() -> {
            made.add(dump.instance("org.mail.Session", Map.of("data", dump.bytes(100))));
            return made.getLast();
        });
        List<Long> left = new ArrayList<>(made);
        long map = map(() -> dump.javaString("k"), left::removeLast);
        LeakSuspect suspect = suspect(dump.instance("org.mail.Registry", Map.of("inOrder", list, "byId", map)));
        assertThat(suspect.type()).isEqualTo("org.mail.Session");
        List<List<String>> both = new ArrayList<>(suspect.alsoHeldBy());
        both.add(suspect.holder());
        assertThat(both).anySatisfy(path -> assertThat(path).contains("org.mail.Registry.inOrder"));
        assertThat(both).anySatisfy(path -> assertThat(path).contains("org.mail.Registry.byId"));
        assertThat(suspect.share()).isGreaterThan(0.8);
    }

    @Test
    void aListHeldByBothItsEndsIsOneContainer() throws IOException {
        dump.type("java.util.LinkedList$Node", "java.lang.Object", List.of("item", "next", "prev"));
        dump.type("java.util.LinkedList", "java.lang.Object", List.of("first", "last"));
        type(CLIENT, "org.mail.Session", "java.lang.Object");
        List<Long> nodes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            nodes.add(dump.newId());
        }
        for (int i = 0; i < MANY; i++) {
            long session = dump.instance("org.mail.Session", Map.of());
            long previous = i == 0 ? 0 : nodes.get(i - 1);
            long next = i + 1 == MANY ? 0 : nodes.get(i + 1);
            dump.instance(
                    nodes.get(i), "java.util.LinkedList$Node", Map.of("item", session, "prev", previous, "next", next));
        }
        LeakSuspect suspect = suspect(
                dump.instance("java.util.LinkedList", Map.of("first", nodes.getFirst(), "last", nodes.getLast())));
        assertThat(suspect.type()).isEqualTo("org.mail.Session");
        assertThat(suspect.instances()).isEqualTo(MANY);
    }

    @Test
    void whatOnlySoftReferencesHoldComesAfterWhatStays() throws IOException {
        type(CLIENT, "org.mail.Session", "java.lang.Object", "data");
        type(SHOP, "com.shop.Both", "java.lang.Object", "soft", "strong");
        type(SHOP, "com.shop.Page", "java.lang.Object", "data");
        long pages = list(() -> dump.instance("com.shop.Page", Map.of("data", dump.bytes(300))));
        long soft = dump.instance("java.lang.ref.SoftReference", Map.of("referent", pages));
        long strong = list(() -> dump.instance("org.mail.Session", Map.of("data", dump.bytes(100))));
        assertThat(suspect(dump.instance("com.shop.Both", Map.of("soft", soft, "strong", strong)))
                        .type())
                .isEqualTo("org.mail.Session");
    }
}
