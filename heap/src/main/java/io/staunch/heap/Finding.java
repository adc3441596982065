package io.staunch.heap;

import java.util.List;

/// Something known that a heap shows, whether or not it piles up.
///
/// @param shape what it is
/// @param count how many objects
/// @param bytes what they take or keep alive; what a sentence in `what` says it is
/// @param what one sentence for people
/// @param holder from a root to one of them, where that explains something; else empty
public record Finding(Shape shape, long count, long bytes, String what, List<String> holder) {
    public Finding {
        holder = List.copyOf(holder);
    }
}
