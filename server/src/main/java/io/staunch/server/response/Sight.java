package io.staunch.server.response;

import io.staunch.server.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the processes of one service are found, and how each is watched.
interface Sight {
    /// Those that run now, the youngest first.
    List<Running> running();

    /// Begins to watch one; empty if it can't be, as one that is just starting.
    ///
    /// @param alone    whether it is the one that the responder attends, and not only counted beside it
    /// @param since    what was seen of it before does not count; [Instant#MIN] if all does
    /// @param listener may be called by any thread
    Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener);

    /// One that is known to leak, of those that run now; empty where only what is attended is judged.
    default Optional<Running> leaking() {
        return Optional.empty();
    }
}
