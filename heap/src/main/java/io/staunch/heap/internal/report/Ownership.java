package io.staunch.heap.internal.report;

import io.staunch.heap.Library;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides whose leak it is. A container seldom belongs to whoever wrote its class: a promise of a utility library
/// serves the client that keeps it, a cache serves the application that fills it, a superclass serves its subclass. So
/// the holder is judged together with what it is filled with:
///
/// 1. Whoever declares the holding field owns the leak if what piles up is its own too; else the subclass that the
///    holder is an instance of, if it is that one's.
/// 2. Else the nearest object around the holder that shares its origin with what piles up, as long as each is a part of
///    the next by a field. A plug-in that sits in another's collection is nobody's part.
/// 3. Else the holder's own class; if that is a container for anything, whoever has it as a part.
///
/// Without any holder outside the JDK it is the origin of what piles up.
final class Ownership {
    private static final Pattern FOR_ANYTHING = Pattern.compile(
            ".*(?:Map|List|Set|Queue|Deque|Stack|Cache|Table|Collection|Multimap|Buckets?|Segment|Vector|Ring|"
                    + "Promise|Future|Listeners|Holder|Reference|Array)\\d*$");

    private final ObjectGraph graph;
    private final Owners owners;
    private final ObjectReader reader;

    Ownership(ObjectGraph graph, Owners owners) {
        this.graph = graph;
        this.owners = owners;
        this.reader = new ObjectReader(graph);
    }

    /// One holder on the way out.
    ///
    /// @param declarer from where the class comes that declares the field
    /// @param itself from where the holder's own class comes
    /// @param part whether everything from here to the container is held by fields, never in a collection
    /// @param forAnything whether the holder's class is made to hold whatever it is given
    private record Holder(Origin declarer, Origin itself, boolean part, boolean forAnything) {
        Optional<Origin> among(Set<Origin> origins) {
            if (origins.contains(declarer)) {
                return Optional.of(declarer);
            }
            return origins.contains(itself) ? Optional.of(itself) : Optional.empty();
        }
    }

    /// The library that owns what piles up; empty when the application does, or nobody can be named.
    ///
    /// @param path objects from the root to the container
    /// @param piled where what fills the container directly comes from
    Optional<Library> of(List<Integer> path, Set<Origin> piled) {
        return judge(holders(path), piled).flatMap(Origin::library);
    }

    private static Optional<Origin> judge(List<Holder> holders, Set<Origin> piled) {
        if (holders.isEmpty()) {
            return piled.stream().findFirst();
        }
        Holder nearest = holders.getFirst();
        Optional<Origin> common = nearest.among(piled)
                .or(() -> holders.stream()
                        .takeWhile(Holder::part)
                        .flatMap(holder -> holder.among(piled).stream())
                        .findFirst());
        if (common.isPresent() || !nearest.forAnything()) {
            return common.or(() -> Optional.of(nearest.itself()));
        }
        Optional<Origin> user = holders.stream()
                .takeWhile(Holder::part)
                .filter(holder -> !holder.itself().equals(nearest.itself()) && !holder.forAnything())
                .map(Holder::itself)
                .findFirst();
        return user.or(() -> Optional.of(nearest.itself()));
    }

    /// Holders outside the JDK, the nearest to the container first.
    private List<Holder> holders(List<Integer> path) {
        List<Holder> holders = new ArrayList<>();
        boolean part = true;
        for (int i = path.size() - 2; i >= 0; i--) {
            int from = path.get(i);
            int to = path.get(i + 1);
            boolean array = graph.type(from).kind() != TypeInfo.Kind.INSTANCES;
            boolean sameStructure = graph.typeNumber(from) == graph.typeNumber(to);
            if (!array && !sameStructure) {
                Optional<Holder> holder = holder(from, to, part);
                holder.ifPresent(holders::add);
            }
            boolean holdsAnElement = array || (Entries.isEntry(graph.type(from)) && !Entries.isEntry(graph.type(to)));
            part &= !holdsAnElement;
        }
        return holders;
    }

    private Optional<Holder> holder(int from, int to, boolean part) {
        Optional<TypeInfo> frame = reader.frameType(from, to);
        TypeInfo itself = frame.orElseGet(() -> reader.typeItself(from));
        TypeInfo declarer = frame.or(() -> reader.declarer(from, to)).orElse(itself);
        if (Owners.isJdk(declarer.name()) && Owners.isJdk(itself.name())) {
            return Optional.empty();
        }
        Origin itsOrigin = Owners.isJdk(itself.name()) ? owners.origin(declarer) : owners.origin(itself);
        Origin declared = Owners.isJdk(declarer.name()) ? itsOrigin : owners.origin(declarer);
        return Optional.of(new Holder(declared, itsOrigin, part, isForAnything(itself)));
    }

    /// Whether a class is made to hold whatever it is given: a collection by its superclass or by its name.
    static boolean isForAnything(TypeInfo type) {
        if (type.isA("java.util.AbstractMap") || type.isA("java.util.AbstractCollection")) {
            return true;
        }
        for (TypeInfo at = type; at != null && !Owners.isJdk(at.name()); at = at.superType()) {
            if (isNamedForAnything(at)) {
                return true;
            }
        }
        return false;
    }

    static boolean isNamedForAnything(TypeInfo type) {
        return FOR_ANYTHING.matcher(type.name()).matches();
    }
}
