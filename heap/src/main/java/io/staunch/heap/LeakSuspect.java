package io.staunch.heap;

import java.util.List;
import java.util.Optional;

/// Something that piles up.
///
/// @param type what piles up: the most blameworthy element type, application and library types before the JDK's own
/// @param accumulation type of the container that grows
/// @param instances how many of `type` are in it
/// @param retained bytes that it keeps alive
/// @param directBytes memory outside the heap that direct buffers within hold; in no other figure
/// @param share of all reachable bytes, 0 to 1
/// @param holder from the root to the container, such as `static com.shop.SessionStore.sessions`
/// @param alsoHeldBy paths to further containers that hold the same objects or grow with them; removing from one
/// alone frees little
/// @param container address of the largest of the containers; what [Heap#contentsOf(long, boolean)] takes
/// @param contents what is in that one, when it is a collection
/// @param library the published library that owns the leak
/// @param shape what it looks like
/// @param why one sentence for people
public record LeakSuspect(
        String type,
        String accumulation,
        long instances,
        long retained,
        long directBytes,
        double share,
        List<String> holder,
        List<List<String>> alsoHeldBy,
        long container,
        Optional<Contents> contents,
        Optional<Library> library,
        Shape shape,
        String why) {
    public LeakSuspect {
        holder = List.copyOf(holder);
        alsoHeldBy = alsoHeldBy.stream().map(List::copyOf).toList();
    }
}
