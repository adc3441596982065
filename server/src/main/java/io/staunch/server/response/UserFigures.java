package io.staunch.server.response;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.incident.Impact;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What users do and feel, measured around the service: at its load balancer, in its metrics, or at the load of a test.
public interface UserFigures {
    /// Where nothing of it is measured.
    UserFigures NONE = new UserFigures() {
        @Override
        public Map<Series, List<Sample>> since(Instant from) {
            return Map.of();
        }

        @Override
        public Optional<Impact> impact(Instant quiet, Instant began, Instant cured, Instant now) {
            return Optional.empty();
        }
    };

    /// Requests, latency, errors, checkouts; what is not measured is not in it.
    Map<Series, List<Sample>> since(Instant from) throws IOException;

    /// What an incident did to users; empty if that is not measured.
    ///
    /// @param quiet the beginning of the time that counts as ordinary
    /// @param began when the trouble began; `cured` when the act was done that ended it, `now` the end
    Optional<Impact> impact(Instant quiet, Instant began, Instant cured, Instant now) throws IOException;
}
