package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.Linker;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.Indexer;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.Ticker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// What objects retain against NetBeans' profiler library, an implementation that shares nothing with ours. Both know
/// sizes by a model of their own, so the library's sizes are summed up over the objects that ours says are retained.
/// Classes and what holds them are left out: the library does not count a class as held by its instances.
@Tag("slow")
class PeersAgreeTest {
    private static final int SESSIONS = 1000;
    private static final List<Session> ALL = new ArrayList<>();

    @TempDir
    Path folder = Path.of("");

    private static final class Session {
        private final Map<String, Object> attributes = new HashMap<>();
        private final List<Object> parts = new ArrayList<>();
    }

    /// Sessions with contents of their own, contents that they share, and links among each other.
    private static void fill() {
        Random random = new Random(11);
        List<byte[]> shared = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Session session = new Session();
            for (int a = 0; a < random.nextInt(12); a++) {
                session.attributes.put("attribute " + i + " " + a, new long[random.nextInt(9)]);
            }
            for (int part = 0; part < random.nextInt(6); part++) {
                byte[] bytes = new byte[random.nextInt(100)];
                shared.add(bytes);
                session.parts.add(bytes);
                session.parts.add(shared.get(random.nextInt(shared.size())));
            }
            if (i > 0 && random.nextBoolean()) {
                session.parts.add(ALL.get(random.nextInt(i)));
            }
            ALL.add(session);
        }
    }

    /// An object may be followed by a gap, but never reaches into the next.
    @Test
    void everyObjectEndsBeforeTheNextBegins() throws IOException {
        Path dump = folder.resolve("self.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (Heap heap = Heap.open(dump)) {
            List<HeapObject> all = heap.instancesOf("java.lang.Object")
                    .sorted(Comparator.comparingLong(HeapObject::id))
                    .toList();
            List<String> tooLarge = new ArrayList<>();
            for (int i = 1; i < all.size(); i++) {
                long room = all.get(i).id() - all.get(i - 1).id();
                if (all.get(i - 1).shallow() > room) {
                    tooLarge.add(all.get(i - 1) + ": " + all.get(i - 1).shallow() + " bytes in " + room);
                }
            }
            assertThat(tooLarge).isEmpty();
            assertThat(all).hasSizeGreaterThan(10_000);
        }
    }

    @Test
    void aThousandSessionsRetainWhatTheOtherLibrarySays() throws IOException {
        fill();
        Path dump = folder.resolve("self.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        org.netbeans.lib.profiler.heap.Heap theirs = HeapFactory.createHeap(dump.toFile());
        List<Long> wanted = new ArrayList<>();
        List<Long> found = new ArrayList<>();
        try (Arena arena = Arena.ofShared();
                Memory memory = Memory.unlimited()) {
            DumpBytes bytes = DumpBytes.map(dump, arena);
            Outline outline = Outline.read(bytes);
            HeapIndex index = new Indexer(bytes, outline, 2, done -> {}).index();
            ObjectGraph graph = new Linker(bytes, outline, index, memory, 2, done -> {}).link();
            DominatorTree tree = DominatorTree.of(graph, memory, 2, Ticker.silent());
            for (Object one : theirs.getJavaClassByName(Session.class.getName()).getInstances()) {
                Instance instance = (Instance) one;
                wanted.add(instance.getRetainedSize());
                int position = tree.positionOf(graph.ids().indexOf(instance.getInstanceId()));
                long sum = 0;
                for (int at = position; at < position + tree.count(position); at++) {
                    sum += theirs.getInstanceByID(graph.ids().idOf(tree.objectAt(at)))
                            .getSize();
                }
                found.add(sum);
            }
        }
        assertThat(found).hasSize(SESSIONS).isEqualTo(wanted);
    }
}
