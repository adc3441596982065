package io.staunch.diagnose;

import io.staunch.collect.OldObjects.Site;
import io.staunch.detect.Series;
import io.staunch.diagnose.review.KnownLeaks;
import io.staunch.heap.Holding;
import io.staunch.heap.Library;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Puts together what leaks: the types from the histograms, the container from a heap dump, the allocation site from
/// samples, the owner from where the classes were loaded.
///
/// A dump decides who is to blame: what fills the container that grows leads, before what it consists of. Without one
/// the order of [Blame] stands, and holder and often library are not known.
public final class CulpritFinder {
    private static final String CLASS = "java.lang.Class";
    private static final String DIRECT_BUFFER = "java.nio.DirectByteBuffer";
    private static final int MOST_TYPES = 12;
    private static final int MOST_ASKED = 30;
    /// A container must hold at least this share of what was seen to grow.
    private static final double LEAST_SHARE_HELD = 0.3;
    /// How much less a container weighs if the type it was asked for did not grow before our eyes,
    private static final double NOT_SEEN_TO_GROW = 0.2;
    /// if the platform's type that it was asked for lies in things that did not grow, as strings do everywhere,
    private static final double STANDING_PILE = 0.1;
    /// if only the platform's types fill it though others grow,
    private static final double PLATFORM_PILE = 0.1;
    /// if only the platform's types lead to it,
    private static final double PLATFORM_PATH = 0.1;
    /// if it is a class loader's list of its classes, which every class is in,
    private static final double CLASS_LOADER_PATH = 0.01;
    /// if soft references alone hold its content, which then goes before memory runs out,
    private static final double SOFT = 0.02;
    /// if the path ends at a class without a field: that is above the container, not the container,
    private static final double BARE_CLASS = 0.5;
    /// and what the heap's bytes weigh when direct memory leaks.
    private static final double HEAP_BESIDE_DIRECT = 0.01;

    private final Series series;
    private final List<GrowingType> growing;
    private final double hoursWatched;
    private final List<Holding> holdings;
    private final List<Site> sites;
    private final Function<String, Optional<String>> owner;

    /// @param series       the series that leaks
    /// @param growing      the types that grow, the most to blame first
    /// @param hoursWatched over which they were seen to grow, until the dump if there is one
    /// @param holdings     where they are held; empty without a dump
    /// @param sites        where objects that survived were allocated; empty without samples
    /// @param owner        the library of a type as a package URL
    public CulpritFinder(
            Series series,
            List<GrowingType> growing,
            double hoursWatched,
            List<Holding> holdings,
            List<Site> sites,
            Function<String, Optional<String>> owner) {
        this.series = series;
        this.growing = List.copyOf(growing);
        this.hoursWatched = hoursWatched;
        this.holdings = List.copyOf(holdings);
        this.sites = List.copyOf(sites);
        this.owner = owner;
    }

    /// The types to look for in a heap dump.
    public static Collection<String> worthLookingFor(Series series, List<GrowingType> growing) {
        Set<String> types = new LinkedHashSet<>();
        if (series.equals(Series.DIRECT_BUFFERS) || isNative(series)) {
            types.add(DIRECT_BUFFER);
        }
        if (series.equals(Series.METASPACE) || series.equals(Series.CLASSES)) {
            types.add(CLASS);
        }
        if (series.equals(Series.THREADS)) {
            types.add("java.lang.Thread");
        }
        growing.stream().limit(MOST_ASKED).map(GrowingType::type).forEach(types::add);
        return types;
    }

    private static boolean isNative(Series series) {
        return series.equals(Series.NATIVE_MEMORY) || series.equals(Series.RSS_BEYOND_HEAP);
    }

    public Culprit find() {
        Optional<Holding> container = container();
        List<Accumulation> accumulating = accumulating(container);
        List<String> allocatedAt = allocatedAt(accumulating);
        List<String> holder = container.map(Holding::holder).orElse(List.of());
        Optional<String> library = library(container, accumulating, allocatedAt);
        return new Culprit(
                shape(container, accumulating),
                accumulating,
                holder,
                allocatedAt,
                library,
                Optional.empty(),
                library.flatMap(purl -> advisory(purl, accumulating, holder)));
    }

    /// The published leak of the library in its version that has to do with what piles up or holds it here.
    private static Optional<Advisory> advisory(String purl, List<Accumulation> accumulating, List<String> holder) {
        List<String> seen = new ArrayList<>(holder);
        accumulating.forEach(type -> seen.add(type.type()));
        return KnownLeaks.shipped()
                .explaining(purl, seen)
                .map(leak -> new Advisory(
                        leak.id(), leak.fixedIn(purl.substring(purl.lastIndexOf('@') + 1)), leak.reference()));
    }

    /// Whether soft references alone hold most of what grows.
    public boolean isHeldSoftly() {
        if (holdings.isEmpty()) {
            return !ownTypesGrow()
                    && growing.stream().anyMatch(type -> type.type().equals("java.lang.ref.SoftReference"));
        }
        double soft = 0;
        double all = 0;
        for (GrowingType type : growing) {
            Optional<Holding> most = holdings.stream()
                    .filter(holding -> holding.type().equals(type.type()))
                    .max(Comparator.comparingLong(Holding::instances));
            if (most.isPresent()) {
                all += type.bytesPerHour();
                soft += most.get().softOnly() ? type.bytesPerHour() : 0;
            }
        }
        return soft > all / 2;
    }

    /// The container that explains most: it took much while it was watched, and holds enough of what was seen to grow.
    private Optional<Holding> container() {
        return holdings.stream().max(Comparator.comparingDouble(this::weight));
    }

    private double weight(Holding holding) {
        double bytes = series.equals(Series.DIRECT_BUFFERS)
                ? holding.directBytes() + HEAP_BESIDE_DIRECT * holding.retained()
                : holding.retained();
        boolean ownPath = holding.holder().stream().anyMatch(CulpritFinder::isOwn);
        boolean ownPile = Origin.of(holding.piled()) == Origin.OWN;
        boolean bareClass =
                !holding.holder().isEmpty() && holding.holder().getLast().startsWith("class ");
        boolean registered = holding.holder().stream().anyMatch(step -> step.startsWith("java.lang.ClassLoader."));
        return bytes
                * shareTaken(holding)
                * (ownPile || !ownTypesGrow() ? 1 : PLATFORM_PILE)
                * (isStanding(holding) ? STANDING_PILE : 1)
                * (ownPath || ownPile ? 1 : PLATFORM_PATH)
                * (registered ? CLASS_LOADER_PATH : 1)
                * (bareClass ? BARE_CLASS : 1)
                * (holding.softOnly() ? SOFT : 1);
    }

    private boolean ownTypesGrow() {
        return growing.stream().anyMatch(type -> type.origin() == Origin.OWN);
    }

    /// Whether what fills it did not grow, while other types of the application or its libraries did. Generated
    /// classes are each a type of its own, which tells nothing.
    private boolean isStanding(Holding holding) {
        return ownTypesGrow()
                && !holding.type().equals(CLASS)
                && Origin.of(holding.type()) != Origin.OWN
                && Origin.of(holding.piled()) == Origin.OWN
                && growing(holding.piled()).isEmpty();
    }

    /// The share of what the container keeps alive that came while it was watched, by how many of the type are in it
    /// and how many were seen to come; much less if the container can't have taken most of those.
    private double shareTaken(Holding holding) {
        Optional<GrowingType> grown = growing(holding.type());
        if (grown.isEmpty()) {
            return NOT_SEEN_TO_GROW;
        }
        double seen = grown.get().instancesPerHour() * hoursWatched;
        if (seen <= 0 || holding.instances() == 0) {
            return 1;
        }
        double held = Math.min(1, holding.instances() / seen);
        double taken = Math.min(1, seen / holding.instances());
        return held < LEAST_SHARE_HELD ? held * taken * NOT_SEEN_TO_GROW : held * taken;
    }

    /// A step of a path is `static com.shop.Store.sessions`, `com.shop.Store.sessions` or words about a root.
    private static boolean isOwn(String step) {
        String field = step.startsWith("static ") ? step.substring("static ".length()) : step;
        return field.indexOf(' ') < 0 && field.indexOf('.') > 0 && Origin.of(Frames.type(field)) == Origin.OWN;
    }

    private Optional<GrowingType> growing(String type) {
        return growing.stream().filter(found -> found.type().equals(type)).findFirst();
    }

    /// What fills the container, then what else of the growing types is in it, then the rest.
    private List<Accumulation> accumulating(Optional<Holding> container) {
        Map<String, Accumulation> ordered = new LinkedHashMap<>();
        if (series.equals(Series.THREADS)) {
            add(ordered, "java.lang.Thread");
        }
        if (series.equals(Series.DIRECT_BUFFERS)) {
            growing(DIRECT_BUFFER).ifPresent(buffer -> addOwnerOfEach(buffer, ordered));
        }
        if (container
                .map(Holding::shape)
                .map(Shape::of)
                .filter(Shape.CLASSES::equals)
                .isPresent()) {
            add(ordered, CLASS);
        }
        container.ifPresent(found -> fillings(found).forEach(type -> add(ordered, type)));
        if (series.equals(Series.METASPACE) || series.equals(Series.CLASSES)) {
            add(ordered, CLASS);
        }
        growing.forEach(type -> ordered.putIfAbsent(type.type(), type.accumulation()));
        return ordered.values().stream().limit(MOST_TYPES).toList();
    }

    /// Where direct memory leaks, whatever comes with each buffer goes before what fills the container, which may be
    /// more and is not what leaks.
    private void addOwnerOfEach(GrowingType buffer, Map<String, Accumulation> ordered) {
        growing.stream()
                .filter(type -> type.origin() == Origin.OWN && !type.type().endsWith("]"))
                .filter(type -> Blame.sameRate(type, buffer))
                .max(Comparator.comparingDouble(GrowingType::bytesPerHour))
                .ifPresent(type -> add(ordered, type.type()));
        add(ordered, buffer.type());
    }

    /// What the container is filled with, as each of the types that were looked for tells it; arrays last.
    private List<String> fillings(Holding container) {
        List<String> fillings = new ArrayList<>(List.of(container.piled()));
        if (Origin.of(container.type()) == Origin.OWN) {
            fillings.add(container.type());
        }
        holdings.stream()
                .filter(other -> other.holder().equals(container.holder()))
                .map(Holding::piled)
                .filter(type -> Origin.of(type) == Origin.OWN)
                .forEach(fillings::add);
        fillings.sort(Comparator.comparing(type -> type.endsWith("]")));
        return fillings;
    }

    private void add(Map<String, Accumulation> ordered, String type) {
        growing(type).ifPresent(found -> ordered.putIfAbsent(type, found.accumulation()));
    }

    /// The site with the most samples of the types to blame, from its first frame outside the platform on.
    private List<String> allocatedAt(List<Accumulation> accumulating) {
        for (Accumulation type : accumulating) {
            Optional<List<String>> frames = sites.stream()
                    .filter(site -> site.type().equals(type.type()))
                    .max(Comparator.comparingLong(Site::count))
                    .map(site -> Frames.own(site.stack()))
                    .filter(own -> !own.isEmpty());
            if (frames.isPresent()) {
                return frames.get();
            }
        }
        return List.of();
    }

    private Optional<String> library(
            Optional<Holding> container, List<Accumulation> accumulating, List<String> allocatedAt) {
        Optional<String> held = container.flatMap(Holding::library).map(Library::purl);
        if (held.isPresent()) {
            return held;
        }
        Optional<String> lead = accumulating.stream()
                .filter(type -> Origin.of(type.type()) == Origin.OWN)
                .findFirst()
                .map(Accumulation::type);
        if (lead.isPresent()) {
            return owner.apply(Origin.element(lead.get()));
        }
        return allocatedAt.stream().findFirst().flatMap(frame -> owner.apply(Frames.type(frame)));
    }

    private Shape shape(Optional<Holding> container, List<Accumulation> accumulating) {
        if (series.equals(Series.METASPACE) || series.equals(Series.CLASSES)) {
            return Shape.CLASSES;
        }
        if (series.equals(Series.DIRECT_BUFFERS)) {
            return Shape.DIRECT_MEMORY;
        }
        if (isNative(series)) {
            return Shape.NATIVE_MEMORY;
        }
        if (series.equals(Series.THREADS)) {
            return Shape.THREADS;
        }
        Optional<Shape> seen = container.map(Holding::shape).map(Shape::of);
        if (seen.isPresent() && seen.get() != Shape.OBJECTS) {
            return seen.get();
        }
        return accumulating.stream()
                .findFirst()
                .map(type -> Shape.ofWords(Words.of(type.type())))
                .orElse(Shape.OBJECTS);
    }
}
