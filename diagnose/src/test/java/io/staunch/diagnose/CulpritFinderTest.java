package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.OldObjects.Site;
import io.staunch.detect.Series;
import io.staunch.heap.Holding;
import io.staunch.heap.Library;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CulpritFinderTest {
    private static final List<GrowingType> GROWING =
            List.of(type("com.shop.CartLine", 90_000), type("com.shop.CartSession", 30_000), type("byte[]", 200_000));

    @Test
    void whatFillsTheContainerLeadsBeforeItsInnards() {
        Culprit culprit = found(
                        List.of(
                                holding(
                                        "com.shop.CartLine",
                                        "com.shop.CartSession",
                                        1500,
                                        "static com.shop.Store.sessions"),
                                holding("byte[]", "byte[]", 9000, "static com.shop.Images.cache")),
                        List.of())
                .find();
        assertThat(culprit.accumulating())
                .extracting(Accumulation::type)
                .containsExactly("com.shop.CartSession", "com.shop.CartLine", "byte[]");
        assertThat(culprit.holder()).containsExactly("static com.shop.Store.sessions");
        assertThat(culprit.library()).hasValue("pkg:maven/com.shop/store@1.0");
        assertThat(culprit.shape()).isEqualTo(Shape.SESSIONS);
    }

    @Test
    void aContainerThatCannotHaveTakenTheGrowthIsNotBlamed() {
        Culprit culprit = found(
                        List.of(
                                holding("com.shop.CartLine", "com.shop.CartLine", 30, "static com.shop.Few.lines"),
                                holding(
                                        "com.shop.CartSession",
                                        "com.shop.CartSession",
                                        600,
                                        "static com.shop.Store.all")),
                        List.of())
                .find();
        assertThat(culprit.holder()).containsExactly("static com.shop.Store.all");
    }

    @Test
    void withoutADumpTypeSiteAndLibraryAreStillKnown() {
        Site site = new Site(
                "com.shop.CartLine",
                List.of(
                        "java.util.ArrayList.add(ArrayList.java:400)",
                        "com.shop.Cart.add(Cart.java:12)",
                        "com.shop.Api.post(Api.java:9)"),
                7,
                Duration.ofSeconds(20));
        Culprit culprit = found(List.of(), List.of(site)).find();
        assertThat(culprit.lead().orElseThrow().type()).isEqualTo("com.shop.CartLine");
        assertThat(culprit.allocatedAt())
                .containsExactly("com.shop.Cart.add(Cart.java:12)", "com.shop.Api.post(Api.java:9)");
        assertThat(culprit.holder()).isEmpty();
        assertThat(culprit.library()).hasValue("pkg:maven/com.shop/cart@3.0");
    }

    @Test
    void aPlatformTypeIsOwnedByWhoAllocatesIt() {
        Site site =
                new Site("java.lang.String", List.of("com.shop.Cart.name(Cart.java:12)"), 7, Duration.ofSeconds(20));
        CulpritFinder finder = new CulpritFinder(
                Series.LIVE_SET,
                List.of(type("java.lang.String", 9_000)),
                1 / 60.0,
                List.of(),
                List.of(site),
                CulpritFinderTest::owner);
        assertThat(finder.find().library()).hasValue("pkg:maven/com.shop/cart@3.0");
    }

    @Test
    void aFieldIsTheHolderNotTheClassThatHasIt() {
        Holding above = holding("com.shop.CartLine", "com.shop.CartLine", 2_001, "class com.shop.Carts");
        Holding field = holding("com.shop.CartLine", "com.shop.CartLine", 2_000, "static com.shop.Carts.open");
        assertThat(found(List.of(above, field), List.of()).find().holder())
                .containsExactly("static com.shop.Carts.open");
    }

    @Test
    void stringsOfSomethingThatStandsStillAreNotTheContainer() {
        List<GrowingType> growing = List.of(type("com.shop.CartLine", 90_000), type("java.lang.String", 90_000));
        Holding names = holding("java.lang.String", "com.shop.Country", 9_000, "static com.shop.Countries.all");
        Holding lines = holding("com.shop.CartLine", "com.shop.CartLine", 1_500, "static com.shop.Carts.open");
        assertThat(finder(growing, List.of(names, lines)).find().holder())
                .containsExactly("static com.shop.Carts.open");
    }

    @Test
    void aLargeContainerThatTookLittleIsNotBlamedForASmallOneThatTookMuch() {
        List<GrowingType> growing = List.of(type("com.shop.CartLine", 60_000), type("com.shop.Buffer", 1_800));
        Holding buffers = holding("com.shop.Buffer", "com.shop.Buffer", 9_000, "static com.shop.Buffers.all");
        Holding lines = holding("com.shop.CartLine", "com.shop.CartLine", 1_000, "static com.shop.Carts.open");
        assertThat(finder(growing, List.of(buffers, lines)).find().holder())
                .containsExactly("static com.shop.Carts.open");
    }

    @Test
    void whereGeneratedClassesPileUpTheClassesLead() {
        List<GrowingType> growing = List.of(type("com.shop.ProxyMethod", 90_000), type("java.lang.Class", 9_000));
        Holding proxies = new Holding(
                "java.lang.Class",
                "com.shop.ProxyMethod",
                List.of("static com.shop.Proxies.cache"),
                "java.util.HashMap",
                1,
                2000,
                90_000,
                90_000,
                Optional.empty(),
                io.staunch.heap.Shape.CLASSES,
                0,
                false);
        assertThat(finder(growing, List.of(proxies)).find().accumulating())
                .extracting(Accumulation::type)
                .containsExactly("java.lang.Class", "com.shop.ProxyMethod");
    }

    @Test
    void whereDirectMemoryLeaksWhateverComesWithEachBufferLeads() {
        List<GrowingType> growing = List.of(
                type("com.shop.SubPage", 90_000), type("com.shop.Chunk", 310), type("java.nio.DirectByteBuffer", 300));
        Holding arena = holding("com.shop.SubPage", "com.shop.SubPage", 1_500, "static com.shop.Arena.chunks");
        CulpritFinder finder = new CulpritFinder(
                Series.DIRECT_BUFFERS, growing, 1 / 60.0, List.of(arena), List.of(), CulpritFinderTest::owner);
        assertThat(finder.find().accumulating())
                .extracting(Accumulation::type)
                .containsExactly("com.shop.Chunk", "java.nio.DirectByteBuffer", "com.shop.SubPage");
    }

    @Test
    void whatSoftReferencesAloneHoldIsSeen() {
        Holding soft = new Holding(
                "com.shop.CartLine",
                "com.shop.CartLine",
                List.of("static com.shop.Cache.soft"),
                "java.util.HashMap",
                1,
                2000,
                90_000,
                90_000,
                Optional.empty(),
                io.staunch.heap.Shape.CACHE,
                0,
                true);
        assertThat(found(List.of(soft), List.of()).isHeldSoftly()).isTrue();
        assertThat(found(List.of(), List.of()).isHeldSoftly()).isFalse();
    }

    @Test
    void aPublishedLeakOfTheOwnerThatNamesWhatPilesUpIsTheCulpritsAdvisory() {
        String leaking = "io.opentelemetry.exporter.internal.marshal.MarshalerContext";
        String purl = "pkg:maven/io.opentelemetry/opentelemetry-exporter-common@1.45.0";
        CulpritFinder finder = new CulpritFinder(
                Series.LIVE_SET,
                List.of(type(leaking, 9_000)),
                1 / 60.0,
                List.of(),
                List.of(),
                type -> Optional.of(purl));
        Advisory advisory = finder.find().advisory().orElseThrow();
        assertThat(advisory.fixedIn()).hasValue("1.47.0");
        assertThat(advisory.reference()).startsWith("https://github.com/open-telemetry/opentelemetry-java/");
        assertThat(JsonForm.culprit(finder.find()))
                .containsEntry(
                        "advisory",
                        Map.of("id", advisory.id(), "fixedIn", "1.47.0", "reference", advisory.reference()));
    }

    @Test
    void aPublishedLeakOfSomethingElseInTheSameLibraryIsNoAdvisory() {
        CulpritFinder finder = new CulpritFinder(
                Series.LIVE_SET,
                List.of(type("io.opentelemetry.exporter.internal.http.HttpSender", 9_000)),
                1 / 60.0,
                List.of(),
                List.of(),
                type -> Optional.of("pkg:maven/io.opentelemetry/opentelemetry-exporter-common@1.45.0"));
        assertThat(finder.find().advisory()).isEmpty();
    }

    private static CulpritFinder finder(List<GrowingType> growing, List<Holding> holdings) {
        return new CulpritFinder(Series.LIVE_SET, growing, 1 / 60.0, holdings, List.of(), CulpritFinderTest::owner);
    }

    private static CulpritFinder found(List<Holding> holdings, List<Site> sites) {
        return new CulpritFinder(Series.LIVE_SET, GROWING, 1 / 60.0, holdings, sites, CulpritFinderTest::owner);
    }

    private static Optional<String> owner(String type) {
        return type.startsWith("com.shop.Cart") ? Optional.of("pkg:maven/com.shop/cart@3.0") : Optional.empty();
    }

    private static GrowingType type(String name, double perHour) {
        return new GrowingType(name, perHour, 32 * perHour, 1, Instant.EPOCH);
    }

    private static Holding holding(String type, String piled, long instances, String holder) {
        return new Holding(
                type,
                piled,
                List.of(holder),
                "java.util.HashMap",
                1,
                instances,
                40 * instances,
                40 * instances,
                Optional.of(new Library("com.shop", "store", "1.0")),
                io.staunch.heap.Shape.OTHER,
                0,
                false);
    }
}
