package io.staunch.collect;

import java.time.Instant;

/// One dated, sourced observation.
///
/// @param source    where it was read, such as `jvm 4242, class histogram`
/// @param statement one sentence without heap contents, values of keys or connection strings
public record Evidence(Instant at, String source, String statement) {
    public Evidence {
        if (source.isBlank() || statement.isBlank()) {
            throw new IllegalArgumentException(
                    "evidence: expected a source and a statement, found '" + source + "' and '" + statement + "'");
        }
    }
}
