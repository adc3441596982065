package io.staunch.server.response;

import io.staunch.remedy.Budget;
import java.time.Duration;

/// How a responder goes about it.
///
/// @param patience      how long a growth is watched before an incident is opened
/// @param standing      a leak's verdict has to stand for so long before an incident is opened
/// @param leastEffect   an effect is watched for at least so long, however soon the leak was detected
/// @param longestEffect and then it is called too early to say
/// @param search        a cause is named without a holder if none was found within this time after detection
/// @param actLimit      the longest that an act may take
/// @param lookEvery     time between two looks at the service
/// @param askEvery      time between two looks at what could be done
/// @param lookBack      changes of so long before the watching began may explain a leak
/// @param announced     a process that was replaced without anybody saying so within this time was replaced by others
/// @param gone          a leak that is not seen for so long, or a service without a process, ends an incident
/// @param budget        of acts, over all services
public record Settings(
        Patience patience,
        Duration standing,
        Duration leastEffect,
        Duration longestEffect,
        Duration search,
        Duration actLimit,
        Duration lookEvery,
        Duration askEvery,
        Duration lookBack,
        Duration announced,
        Duration gone,
        Budget budget) {
    private static final double SHARE = 0.05;
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(30);

    /// Those of the daemon.
    static Settings watching(Charges.Pace pace) {
        return new Settings(
                new Patience(pace.settling(), SHARE, LONGEST_PATIENCE),
                pace.after(),
                pace.effect(),
                pace.effect().multipliedBy(6),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofDays(14),
                Duration.ofSeconds(15),
                pace.goneAfter(),
                pace.budget());
    }
}
