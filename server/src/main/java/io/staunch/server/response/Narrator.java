package io.staunch.server.response;

import java.time.Instant;

/// Is told in sentences what happens while it does.
@FunctionalInterface
public interface Narrator {
    void tell(Instant at, Voice voice, String sentence);

    /// Who speaks.
    enum Voice {
        /// Those who run the service.
        TEAM,
        STAUNCH
    }
}
