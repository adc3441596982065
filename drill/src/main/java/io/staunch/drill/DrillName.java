package io.staunch.drill;

import io.staunch.server.response.Narrator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The incidents that can be rehearsed, each with what it took the team that it happened to.
public enum DrillName {
    CACHE("the cache was updated to a release that fills without end", Duration.ofMinutes(150)),
    AUTH("a library for logins never releases what it allocates", Duration.ofHours(2)),
    CONNECTIONS("a new feature never closes its database connections", Duration.ofMinutes(55)),
    PAYMENTS("an updated payment gateway keeps every transaction", Duration.ofMinutes(175)),
    SESSIONS("expired sessions are never removed", Duration.ofHours(2));

    private final String story;
    private final Duration teamsTimeToCause;

    DrillName(String story, Duration teamsTimeToCause) {
        this.story = story;
        this.teamsTimeToCause = teamsTimeToCause;
    }

    Scenario scenario(Shop shop, Pace pace, Narrator narrator) {
        return switch (this) {
            case CACHE -> new CacheScenario(shop, pace, narrator);
            case AUTH -> new AuthScenario(shop, pace, narrator);
            case CONNECTIONS -> new ConnectionsScenario(shop, pace, narrator);
            case PAYMENTS -> new PaymentsScenario(shop, pace, narrator);
            case SESSIONS -> new SessionsScenario(shop, pace, narrator);
        };
    }

    /// As on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What happened, in a clause.
    public String story() {
        return story;
    }

    /// From the first alert to the cause, as the team published it.
    public Duration teamsTimeToCause() {
        return teamsTimeToCause;
    }

    public static Optional<DrillName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    /// `cache, auth, connections, payments, sessions`
    public static String words() {
        return List.of(values()).stream().map(DrillName::word).collect(Collectors.joining(", "));
    }
}
