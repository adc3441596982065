package io.staunch.verify.heap;

import io.staunch.heap.Heap;
import io.staunch.heap.HeapObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// What the biggest objects retain by NetBeans' profiler library and by ours, with a name for every difference.
/// `PeerAgreement DUMP COUNT`. Each knows sizes by a model of its own, so the library's sizes are summed up over the
/// objects that ours says are retained: what differs then is who holds whom. Walks up from every object: for dumps of
/// some hundred thousand objects.
public final class PeerAgreement {
    private static final String EQUAL = "equal";
    private static final String UNEXPLAINED = "unexplained";

    private final Heap ours;
    private final org.netbeans.lib.profiler.heap.Heap theirs;
    private final Map<Long, Retained> wanted = new HashMap<>();

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

    public static void main(String[] args) throws IOException {
        Path dump = Path.of(args[0]);
        try (Heap ours = Heap.open(dump)) {
            new PeerAgreement(ours, HeapFactory.createHeap(dump.toFile())).compare(Integer.parseInt(args[1]));
        }
    }

    private void compare(int count) {
        List<Instance> biggest = new ArrayList<>();
        for (Object one : theirs.getBiggestObjectsByRetainedSize(count)) {
            biggest.add((Instance) one);
            wanted.put(((Instance) one).getInstanceId(), new Retained());
        }
        ours.instancesOf("java.lang.Object").filter(HeapObject::isReachable).forEach(this::add);
        Map<String, Integer> named = new TreeMap<>();
        for (Instance one : biggest) {
            String name = nameOf(one);
            named.merge(name, 1, Integer::sum);
            if (name.equals(UNEXPLAINED)) {
                System.out.println(describe(one));
            }
        }
        System.out.printf("of the %d biggest objects:%n", biggest.size());
        named.forEach((name, objects) -> System.out.printf("%6d %s%n", objects, name));
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
