package io.staunch.verify.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;

/// Roots of a dump that NetBeans' profiler library read: as it lists them, and as docs/heap.md tells them. By id.
record PeerRoots(Heap heap, PeerRecords records) {
    private static final Set<String> STACKS = Set.of(GCRoot.JAVA_FRAME, GCRoot.JNI_LOCAL, GCRoot.NATIVE_STACK);

    /// What lies on the stack of each thread that the dump tells of, by the thread's id.
    static Map<Long, List<Long>> stacks(PeerRecords records) {
        Map<Long, List<Long>> stacks = new HashMap<>();
        for (PeerRecords.Local local : records.locals()) {
            Long thread = records.threads().get(local.thread());
            if (thread != null) {
                stacks.computeIfAbsent(thread, id -> new ArrayList<>()).add(local.id());
            }
        }
        return stacks;
    }

    /// All that the dump lists, in the library's order.
    List<Long> listed() {
        List<Long> ids = new ArrayList<>();
        for (Object root : heap.getGCRoots()) {
            Instance instance = ((GCRoot) root).getInstance();
            if (instance != null) {
                ids.add(instance.getInstanceId());
            }
        }
        return ids;
    }

    /// The same, but for those on the stack of a thread that the dump tells of.
    List<Long> offStack() {
        List<Long> ids = new ArrayList<>();
        for (Object one : heap.getGCRoots()) {
            GCRoot root = (GCRoot) one;
            if (root.getInstance() != null && !STACKS.contains(root.getKind())) {
                ids.add(root.getInstance().getInstanceId());
            }
        }
        for (PeerRecords.Local local : records.locals()) {
            if (!records.threads().containsKey(local.thread())) {
                ids.add(local.id());
            }
        }
        return ids;
    }

    /// The JDK's own loaders and the classes that they defined under a name of their own.
    List<Long> lasting() {
        Set<Long> loaders = loaders();
        List<Long> ids = new ArrayList<>(loaders);
        for (Object one : heap.getAllClasses()) {
            JavaClass type = (JavaClass) one;
            Instance loader = type.getClassLoader();
            boolean hidden = type.getName().matches(".*[+/.]0x.*");
            if (loader != null && !hidden && loaders.contains(loader.getInstanceId())) {
                ids.add(type.getJavaClassId());
            }
        }
        return ids;
    }

    private Set<Long> loaders() {
        Set<Long> loaders = new HashSet<>();
        for (String holder : List.of("jdk.internal.loader.ClassLoaders", "java.lang.ClassLoader")) {
            JavaClass type = heap.getJavaClassByName(holder);
            for (Object one : type == null ? List.of() : type.getStaticFieldValues()) {
                String name = ((FieldValue) one).getField().getName();
                if (one instanceof ObjectFieldValue field
                        && field.getInstance() != null
                        && (name.endsWith("_LOADER") || name.equals("scl"))) {
                    loaders.add(field.getInstance().getInstanceId());
                }
            }
        }
        return loaders;
    }
}
