package io.staunch.server;

import io.staunch.collect.Operation;
import io.staunch.heap.Heap;
import io.staunch.heap.Holding;
import java.time.Duration;
import java.util.List;

/// Takes what is to be told while evidence is gathered.
interface Told {
    void observed(String source, String statement);

    void skipped(String why);

    void pauseAhead(Operation operation, Duration predicted);

    /// A heap dump was read; it is closed and deleted afterwards.
    void dumped(Heap heap, List<Holding> holdings, long fileBytes);
}
