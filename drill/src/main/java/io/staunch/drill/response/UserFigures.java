package io.staunch.drill.response;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.incident.Impact;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What users do and feel, measured around the service: at its load balancer, in its metrics, or at the load of a test.
public interface UserFigures {
    /// Requests, latency, errors, checkouts; what is not measured is not in it.
    Map<Series, List<Sample>> since(Instant from) throws IOException;

    /// What an incident did to users.
    ///
    /// @param quiet the beginning of the time that counts as ordinary
    /// @param began when the trouble began; `cured` when the act was done that ended it, `now` the end
    Impact impact(Instant quiet, Instant began, Instant cured, Instant now) throws IOException;
}
