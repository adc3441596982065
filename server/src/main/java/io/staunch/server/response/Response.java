package io.staunch.server.response;

import io.staunch.incident.Incident;

/// How it ended.
public sealed interface Response {
    /// The incident was closed, recovered or not.
    record Handled(Incident incident) implements Response {}

    /// No leak was detected in the time.
    record NothingDetected(String why) implements Response {}
}
