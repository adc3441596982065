package io.staunch.cli.heap;

import io.staunch.heap.Contents;
import io.staunch.heap.Finding;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `staunch heap` has to say.
///
/// @param waste what could be spared; empty unless asked for
/// @param shown contents of suspects' containers with some entries, by address; empty unless asked for
record Analysis(HeapReport report, List<Finding> waste, Map<Long, Contents> shown, Took.Figures took) {
    /// What is in a suspect's container.
    Optional<Contents> contents(LeakSuspect suspect) {
        return Optional.ofNullable(shown.get(suspect.container())).or(suspect::contents);
    }
}
