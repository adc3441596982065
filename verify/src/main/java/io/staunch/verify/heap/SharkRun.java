package io.staunch.verify.heap;

import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import shark.CloseableHeapGraph;
import shark.HeapAnalysis;
import shark.HeapAnalyzer;
import shark.HeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofIndex;
import shark.MetadataExtractor;
import shark.OnAnalysisProgressListener;

/// LeakCanary's shark on a dump: paths to and retained sizes of the concurrent maps, as its leak analysis does it.
/// `SharkRun DUMP`.
public final class SharkRun {
    private SharkRun() {}

    public static void main(String[] args) throws IOException {
        File dump = new File(args[0]);
        try (CloseableHeapGraph graph =
                HprofHeapGraph.Companion.openHeapGraph(dump, null, HprofIndex.Companion.defaultIndexedGcRootTags())) {
            HeapAnalysis analysis = new HeapAnalyzer(OnAnalysisProgressListener.Companion.getNO_OP())
                    .analyze(
                            dump,
                            graph,
                            SharkRun::maps,
                            List.of(),
                            true,
                            List.of(),
                            MetadataExtractor.Companion.getNO_OP());
            System.out.println(analysis);
        }
    }

    private static Set<Long> maps(HeapGraph graph) {
        Set<Long> found = new HashSet<>();
        Iterator<HeapObject.HeapInstance> instances = graph.getInstances().iterator();
        while (instances.hasNext()) {
            HeapObject.HeapInstance one = instances.next();
            if (one.getInstanceClassName().equals("java.util.concurrent.ConcurrentHashMap")) {
                found.add(one.getObjectId());
            }
        }
        return found;
    }
}
