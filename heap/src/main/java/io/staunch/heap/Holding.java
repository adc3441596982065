package io.staunch.heap;

import java.util.List;
import java.util.Optional;

/// Where instances of one type pile up.
///
/// @param type the type asked for
/// @param piled what the container is filled with: the most blameworthy type in it, often `type` itself
/// @param holder from the root to the container
/// @param accumulation the container's type
/// @param containers how many containers with this holder path there are
/// @param instances instances of `type` in them
/// @param retained bytes that these instances keep alive
/// @param containerRetained bytes that the largest of the containers keeps alive
/// @param library the published library that owns the leak
/// @param shape what it looks like
/// @param directBytes memory outside the heap held by direct buffers below the containers
/// @param softOnly whether all these instances would go if the JVM cleared its soft references
public record Holding(
        String type,
        String piled,
        List<String> holder,
        String accumulation,
        long containers,
        long instances,
        long retained,
        long containerRetained,
        Optional<Library> library,
        Shape shape,
        long directBytes,
        boolean softOnly) {
    public Holding {
        holder = List.copyOf(holder);
    }
}
