package io.staunch.verify.heap;

import io.staunch.heap.Heap;
import io.staunch.heap.HeapObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// What NetBeans' profiler library and ours say of one dump, with a name for every difference: how much can be reached,
/// how large the biggest objects are, and what they retain. `PeerAgreement DUMP COUNT`.
///
/// Each knows sizes by a model of its own. So an object's own size is compared with the distance to the next object in
/// the dump, which no model can pass, and what it retains in the library's sizes, summed up over the objects that ours
/// says are retained: what differs then is who holds whom. Walks up from every object: for dumps of some hundred
/// thousand objects.
public final class PeerAgreement {
    private static final String EQUAL = "equal";
    private static final String UNEXPLAINED = "unexplained";

    private final Heap ours;
    private final org.netbeans.lib.profiler.heap.Heap theirs;
    private final List<Instance> biggest = new ArrayList<>();
    private final Map<Long, Retained> wanted = new HashMap<>();
    private final List<String> details = new ArrayList<>();

    private PeerAgreement(Heap ours, org.netbeans.lib.profiler.heap.Heap theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /// What one object keeps alive by our account, in the library's sizes.
    private static final class Retained {
        private long bytes;
        private boolean classes;
        private boolean weaklyHeldFromOutside;
    }

    /// How far both agree.
    ///
    /// @param objects in the dump
    /// @param reachable by how they are told: `both`, and names for what only one of them reaches
    /// @param shallow of the biggest objects by what was found
    /// @param retained of the biggest objects by what was found
    /// @param details a line for each difference without a name
    public record Agreement(
            long objects,
            Map<String, Long> reachable,
            Map<String, Long> shallow,
            Map<String, Long> retained,
            List<String> details) {
        /// Whether every difference has a name.
        public boolean isExplained() {
            return details.isEmpty();
        }
    }

    public static void main(String[] args) throws IOException {
        Agreement found = of(Path.of(args[0]), Integer.parseInt(args[1]));
        found.details().forEach(System.out::println);
        System.out.printf("%,d objects; reachable:%n", found.objects());
        print(found.reachable());
        System.out.println("own size of the biggest objects:");
        print(found.shallow());
        System.out.println("retained by the biggest objects:");
        print(found.retained());
    }

    private static void print(Map<String, Long> counts) {
        counts.forEach((name, count) -> System.out.printf("%,10d %s%n", count, name));
    }

    /// Compares both on a dump, the biggest objects by what the library says that they retain.
    public static Agreement of(Path dump, int count) throws IOException {
        try (Heap ours = Heap.open(dump)) {
            return new PeerAgreement(ours, HeapFactory.createHeap(dump.toFile())).compare(count);
        }
    }

    private Agreement compare(int count) {
        for (Object one : theirs.getBiggestObjectsByRetainedSize(count)) {
            biggest.add((Instance) one);
            wanted.put(((Instance) one).getInstanceId(), new Retained());
        }
        ours.instancesOf("java.lang.Object").filter(HeapObject::isReachable).forEach(this::add);
        Map<String, Long> retained = new TreeMap<>();
        for (Instance one : biggest) {
            String name = nameOf(one);
            retained.merge(name, 1L, Long::sum);
            if (name.equals(UNEXPLAINED)) {
                details.add(describe(one));
            }
        }
        return new Agreement(ours.objects(), reachable(), shallow(), retained, List.copyOf(details));
    }

    /// Everything that either reaches.
    private Map<String, Long> reachable() {
        Set<Long> byTheirs = PeerReach.of(theirs);
        Set<Long> alone = new HashSet<>();
        Map<String, Long> counts = new TreeMap<>();
        ours.instancesOf("java.lang.Object").filter(HeapObject::isReachable).forEach(object -> {
            if (byTheirs.remove(object.id())) {
                counts.merge("both", 1L, Long::sum);
            } else {
                alone.add(object.id());
            }
        });
        for (long id : alone) {
            Optional<HeapObject> object = ours.object(id);
            boolean domain = object.isPresent() && isBelowDomain(object.get(), alone);
            String name = domain ? "only ours: held by the protection domain of a class" : "only ours: " + UNEXPLAINED;
            counts.merge(name, 1L, Long::sum);
            if (!domain) {
                object.ifPresent(one -> details.add("only ours reaches " + one + ": " + one.path()));
            }
        }
        for (long id : byTheirs) {
            counts.merge("only theirs: " + UNEXPLAINED, 1L, Long::sum);
            details.add("only theirs reaches "
                    + ours.object(id).map(HeapObject::toString).orElse("0x" + Long.toHexString(id)));
        }
        return counts;
    }

    /// Whether a protection domain or its certificates lead here, which the library does not tell of a class.
    private static boolean isBelowDomain(HeapObject object, Set<Long> alone) {
        for (Optional<HeapObject> at = Optional.of(object);
                at.isPresent();
                at = at.get().dominator()) {
            if (at.get().isA("java.security.ProtectionDomain") || at.get().isA("java.security.cert.Certificate")) {
                return true;
            }
            if (!alone.contains(at.get().id())) {
                return false;
            }
        }
        return false;
    }

    /// Own sizes beside the distance to the next object.
    private Map<String, Long> shallow() {
        NavigableSet<Long> ids = new TreeSet<>();
        for (Iterator<?> all = theirs.getAllInstancesIterator(); all.hasNext(); ) {
            ids.add(((Instance) all.next()).getInstanceId());
        }
        Map<String, Long> counts = new TreeMap<>();
        for (Instance one : biggest) {
            long id = one.getInstanceId();
            long size = ours.object(id).map(HeapObject::shallow).orElse(0L);
            Long next = ids.higher(id);
            long room = next == null ? Long.MAX_VALUE : next - id;
            String name = size == room
                    ? "equal to the distance to the next object"
                    : size < room ? "followed by a gap" : UNEXPLAINED;
            counts.merge(name, 1L, Long::sum);
            if (size > room) {
                details.add(one.getJavaClass().getName() + " 0x" + Long.toHexString(id) + ": ours " + size
                        + " bytes, the next object is " + room + " bytes on");
            }
        }
        return counts;
    }

    /// Adds an object to all that retain it, and notes what a weak reference refers to.
    private void add(HeapObject object) {
        Instance instance = theirs.getInstanceByID(object.id());
        boolean isClass = object.type().equals("java.lang.Class");
        List<Long> holders = holders(object);
        for (long holder : holders) {
            Retained retained = wanted.get(holder);
            if (retained != null) {
                retained.bytes += instance == null ? 0 : instance.getSize();
                retained.classes |= isClass;
            }
        }
        if (object.isA("java.lang.ref.Reference")) {
            object.reference("referent").ifPresent(referent -> {
                List<Long> itsHolders = holders(referent);
                itsHolders.removeAll(holders);
                itsHolders.remove(referent.id());
                itsHolders.stream().map(wanted::get).forEach(retained -> {
                    if (retained != null) {
                        retained.weaklyHeldFromOutside = true;
                    }
                });
            });
        }
    }

    /// The object and all that it would go with, by address.
    private static List<Long> holders(HeapObject object) {
        List<Long> holders = new ArrayList<>();
        for (Optional<HeapObject> at = Optional.of(object);
                at.isPresent();
                at = at.get().dominator()) {
            holders.add(at.get().id());
        }
        return holders;
    }

    private String nameOf(Instance one) {
        Retained retained = wanted.getOrDefault(one.getInstanceId(), new Retained());
        long more = retained.bytes - one.getRetainedSize();
        if (more == 0) {
            return EQUAL;
        }
        if (more > 0 && retained.weaklyHeldFromOutside) {
            return "more by ours: the library takes weak references for ones that hold";
        }
        if (more > 0 && retained.classes) {
            return "more by ours: the library does not count classes as held";
        }
        if (more < 0 && isBelowLoader(one)) {
            return "less by ours: classes of the JDK's own loaders are roots, not held by their loader's list";
        }
        return UNEXPLAINED;
    }

    private boolean isBelowLoader(Instance one) {
        Optional<HeapObject> at = ours.object(one.getInstanceId());
        while (at.isPresent() && !at.get().isA("java.lang.ClassLoader")) {
            at = at.get().dominator();
        }
        return at.isPresent();
    }

    private String describe(Instance one) {
        Retained retained = wanted.getOrDefault(one.getInstanceId(), new Retained());
        return String.format(
                "0x%x %s: ours %d, theirs %d%s",
                one.getInstanceId(),
                one.getJavaClass().getName(),
                retained.bytes,
                one.getRetainedSize(),
                ours.object(one.getInstanceId())
                        .map(HeapObject::path)
                        .map(path -> ", " + String.join(" → ", path))
                        .orElse(", unknown to ours"));
    }
}
