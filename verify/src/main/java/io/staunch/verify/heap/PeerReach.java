package io.staunch.verify.heap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;

/// What can be reached in a dump by the obvious walk over what NetBeans' profiler library read: from the dump's roots,
/// through all references but those from weak and phantom references to their referents; an object reaches its class,
/// and a class its superclass, its loader and its static fields.
final class PeerReach {
    private final Heap heap;
    private final Set<Long> met = new HashSet<>();
    private final Deque<Instance> open = new ArrayDeque<>();

    private PeerReach(Heap heap) {
        this.heap = heap;
    }

    /// Ids of all that can be reached.
    static Set<Long> of(Heap heap) {
        PeerReach walk = new PeerReach(heap);
        for (Object root : heap.getGCRoots()) {
            walk.meet(((GCRoot) root).getInstance());
        }
        while (!walk.open.isEmpty()) {
            walk.follow(walk.open.removeFirst());
        }
        return walk.met;
    }

    private void meet(@Nullable Instance instance) {
        if (instance != null && met.add(instance.getInstanceId())) {
            open.addLast(instance);
        }
    }

    private void meetClass(@Nullable JavaClass type) {
        if (type != null) {
            meet(heap.getInstanceByID(type.getJavaClassId()));
        }
    }

    private void follow(Instance from) {
        meetClass(from.getJavaClass());
        if (from instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) {
                meet((Instance) element);
            }
            return;
        }
        boolean passing = isPassing(from.getJavaClass());
        for (Object field : from.getFieldValues()) {
            follow((FieldValue) field, passing);
        }
        JavaClass described = heap.getJavaClassByID(from.getInstanceId());
        if (described != null) {
            meetClass(described.getSuperClass());
            meet(described.getClassLoader());
            for (Object field : described.getStaticFieldValues()) {
                follow((FieldValue) field, false);
            }
        }
    }

    private void follow(FieldValue field, boolean passing) {
        boolean referent = passing
                && field.getField().getName().equals("referent")
                && field.getField().getDeclaringClass().getName().equals("java.lang.ref.Reference");
        if (!referent && field instanceof ObjectFieldValue reference) {
            meet(reference.getInstance());
        }
    }

    /// Whether a type's instances do not hold their referent.
    private static boolean isPassing(@Nullable JavaClass type) {
        for (JavaClass at = type; at != null; at = at.getSuperClass()) {
            String name = at.getName();
            if (name.equals("java.lang.ref.SoftReference") || name.equals("java.lang.ref.FinalReference")) {
                return false;
            }
            if (name.equals("java.lang.ref.Reference")) {
                return true;
            }
        }
        return false;
    }
}
