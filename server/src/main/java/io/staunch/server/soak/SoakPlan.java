package io.staunch.server.soak;

import java.time.Duration;
import java.util.Optional;

/// What is soaked. The commands are run by `sh -c`.
///
/// @param candidate  starts the release that is to be judged
/// @param baseline   starts the one that it is compared with
/// @param load       is run once for each side
/// @param time       how long both are watched under load
/// @param readiness  when the load may begin
/// @param startLimit how long a side may take until then
/// @param dump       whether a heap dump may be taken of a side that leaks
public record SoakPlan(
        String candidate,
        Optional<String> baseline,
        String load,
        Duration time,
        Readiness readiness,
        Duration startLimit,
        boolean dump) {
    /// How long a side may take to start, unless somebody says otherwise.
    public static final Duration USUAL_START_LIMIT = Duration.ofSeconds(60);
}
