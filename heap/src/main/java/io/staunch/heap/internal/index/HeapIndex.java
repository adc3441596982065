package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the first pass over a dump found.
///
/// @param ids all objects, class objects included
/// @param types all classes, linked
/// @param roots in the order of the dump
/// @param traceOfThread thread serial → serial of its stack trace
/// @param threadObjects thread serial → id of its java.lang.Thread
/// @param chunks stretches of whole sub-records, a few MiB each, for parallel passes
/// @param warnings damage met on the way
public record HeapIndex(
        ObjectIds ids,
        TypeTable types,
        List<Root> roots,
        Map<Integer, Integer> traceOfThread,
        Map<Integer, Long> threadObjects,
        List<Outline.Stretch> chunks,
        List<String> warnings) {

    /// Whether [#write] suits it: a sound dump with ids of the ordinary kind.
    public boolean isOrdinary() {
        return ids instanceof BitmapIds && warnings.isEmpty() && types.isComplete();
    }

    /// Writes everything; of classes only where they lie in the dump.
    public void write(TableWriter out) throws IOException {
        if (!(ids instanceof BitmapIds bitmap)) {
            throw new IOException("expected ids in a bitmap, found a list of them");
        }
        bitmap.write(out);
        out.longs(
                types.positions().stream().mapToLong(Long::longValue).toArray(),
                types.positions().size());
        out.number(roots.size());
        for (Root root : roots) {
            out.number(root.id());
            out.text(root.kind().name());
            out.number(root.thread());
            out.number(root.frame());
        }
        out.number(threadObjects.size());
        for (Map.Entry<Integer, Long> thread : threadObjects.entrySet()) {
            out.number(thread.getKey());
            out.number(thread.getValue());
            out.number(traceOfThread.getOrDefault(thread.getKey(), 0));
        }
        out.number(chunks.size());
        for (Outline.Stretch chunk : chunks) {
            out.number(chunk.start());
            out.number(chunk.end());
        }
    }

    /// What [#write] wrote, of the same dump.
    public static HeapIndex read(TableReader in, DumpBytes bytes, Outline outline) {
        BitmapIds ids = BitmapIds.read(in);
        TypeTable types = new TypeTable(bytes, outline);
        for (long position : in.longs()) {
            types.add(position);
        }
        types.link(ids);
        List<Root> roots = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            roots.add(new Root(in.number(), Root.Kind.valueOf(in.text()), in.integer(), in.integer()));
        }
        types.markPermanent(stickyClasses(roots));
        Map<Integer, Long> threadObjects = new HashMap<>();
        Map<Integer, Integer> traceOfThread = new HashMap<>();
        for (long left = in.number(); left > 0; left--) {
            int serial = in.integer();
            threadObjects.put(serial, in.number());
            traceOfThread.put(serial, in.integer());
        }
        List<Outline.Stretch> chunks = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            chunks.add(new Outline.Stretch(in.number(), in.number()));
        }
        return new HeapIndex(ids, types, roots, traceOfThread, threadObjects, List.copyOf(chunks), List.of());
    }

    static Set<Long> stickyClasses(List<Root> roots) {
        return roots.stream()
                .filter(root -> root.kind() == Root.Kind.CLASS)
                .map(Root::id)
                .collect(Collectors.toSet());
    }
}
