package io.staunch.cli.gate;

import io.staunch.cli.Unreadable;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;

/// Whoever sees the canary and the baseline. Each question is judged by all that is known at that time.
interface Judge extends AutoCloseable {
    /// By what is known now; takes seconds, of a metrics server with much history a minute.
    ///
    /// @throws Unreadable if the judge can't be asked, or does not know what the question means
    Judged ask(Question question) throws Unreadable, InterruptedException;

    @Override
    default void close() {}
}
