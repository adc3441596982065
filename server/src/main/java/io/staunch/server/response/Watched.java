package io.staunch.server.response;

import io.staunch.collect.Cost;
import java.time.Instant;
import java.util.Optional;

/// One process under watch.
interface Watched extends AutoCloseable {
    Running process();

    default Instant started() {
        return process().started();
    }

    /// As in the incident's record: `jvm 4242`.
    String label();

    /// The release that it runs, as far as it says so.
    Optional<String> release();

    /// May be asked by any thread.
    Known soFar();

    Cost cost();

    /// Asks for the next rung of evidence although nothing there raises suspicion: something here does.
    default void lookCloser() {}

    /// Ends the watch; what is known stays readable.
    @Override
    void close();
}
