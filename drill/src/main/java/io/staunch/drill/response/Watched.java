package io.staunch.drill.response;

import io.staunch.collect.Cost;
import java.util.Optional;

/// One process under watch.
interface Watched extends AutoCloseable {
    long pid();

    /// As in the incident's record: `jvm 4242`.
    String label();

    /// The release that it runs, as far as it says so.
    Optional<String> release();

    /// May be asked by any thread.
    Known soFar();

    Cost cost();

    /// Ends the watch; what is known stays readable.
    @Override
    void close();
}
