package io.staunch.drill.response;

import io.staunch.server.InvestigationOptions;
import java.time.Duration;

/// How a responder goes about it.
///
/// @param investigation how far up the ladder of evidence it may climb
/// @param patience      how long a growth is watched before an incident is opened
/// @param standing      a leak's verdict has to stand for so long before an incident is opened
/// @param leastEffect   an effect is watched for at least so long, however soon the leak was detected
/// @param longestEffect and then it is called too early to say
/// @param search        a cause is named without a holder if none was found within this time after detection
/// @param actLimit      the longest that an act may take
public record Settings(
        InvestigationOptions investigation,
        Patience patience,
        Duration standing,
        Duration leastEffect,
        Duration longestEffect,
        Duration search,
        Duration actLimit) {}
