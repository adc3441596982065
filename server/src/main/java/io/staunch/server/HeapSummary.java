package io.staunch.server;

import io.staunch.heap.Heap;
import io.staunch.heap.Holding;
import io.staunch.heap.Library;
import io.staunch.heap.RetainedNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a heap dump showed, once the dump itself is gone: types, sizes and paths, never contents.
///
/// @param target    as `jvm 4242`
/// @param fileBytes how big the dump was
/// @param retained  what retains what
/// @param owners    package URLs of the libraries of the types in it, where known
/// @param piles     where the types that grow pile up, the biggest first
public record HeapSummary(
        String service,
        String target,
        Instant at,
        long fileBytes,
        RetainedNode retained,
        Map<String, String> owners,
        List<Pile> piles) {
    private static final double LEAST_SHARE = 0.001;
    private static final int MOST_PILES = 12;

    /// Where a type piles up.
    ///
    /// @param holder from a root to the container
    public record Pile(String type, List<String> holder, long instances, long retained, Optional<String> library) {
        public Pile {
            holder = List.copyOf(holder);
        }
    }

    public HeapSummary {
        owners = Map.copyOf(owners);
        piles = List.copyOf(piles);
    }

    /// Takes a pass over the heap.
    static HeapSummary of(
            Heap heap, List<Holding> holdings, String service, String target, Instant at, long fileBytes) {
        RetainedNode retained = heap.retained(LEAST_SHARE);
        List<Pile> piles = holdings.stream()
                .limit(MOST_PILES)
                .map(holding -> new Pile(
                        holding.piled(),
                        holding.holder(),
                        holding.instances(),
                        holding.retained(),
                        holding.library().map(Library::purl)))
                .toList();
        return new HeapSummary(service, target, at, fileBytes, retained, owners(heap, retained), piles);
    }

    /// The libraries of all types in a tree of what retains what.
    public static Map<String, String> owners(Heap heap, RetainedNode retained) {
        Set<String> types = new HashSet<>();
        collect(retained, types);
        Map<String, String> owners = new HashMap<>();
        for (String type : types) {
            heap.ownerOf(type.startsWith("class ") ? type.substring("class ".length()) : type)
                    .ifPresent(library -> owners.put(type, library.purl()));
        }
        return owners;
    }

    private static void collect(RetainedNode node, Set<String> types) {
        types.add(node.label());
        node.children().forEach(child -> collect(child, types));
    }
}
