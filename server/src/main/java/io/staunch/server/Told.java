package io.staunch.server;

import io.staunch.collect.Operation;
import java.time.Duration;

/// Takes what is to be told while evidence is gathered.
interface Told {
    void observed(String source, String statement);

    void skipped(String why);

    void pauseAhead(Operation operation, Duration predicted);
}
