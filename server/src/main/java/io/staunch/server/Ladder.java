package io.staunch.server;

import io.staunch.server.InvestigationOptions.Climb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides when the next rung is climbed, and when to come down again. Not thread-safe.
final class Ladder {
    private static final Duration SETTLING = Duration.ofSeconds(2);
    /// Of a heap whose level wavers, one look may be suspicious: each costs histograms, so it must still be so later.
    private static final Duration STANDING = Duration.ofSeconds(20);
    /// Where histograms cost little, and nothing is known yet.
    private static final Duration HASTY_STANDING = Duration.ofSeconds(5);
    private static final int ENOUGH_TO_STAND_DOWN = 14;
    private static final int ENOUGH_IF_FLAT = 3;
    /// Histograms that follow each other closely do not end a climb the sooner.
    private static final Duration SHORTEST_CLIMB = Duration.ofSeconds(70);
    private static final Duration FIRST_REST = Duration.ofMinutes(5);
    /// After a climb in haste: it says little of what comes later.
    private static final Duration HASTY_REST = Duration.ofSeconds(20);
    private static final Duration LONGEST_REST = Duration.ofHours(2);

    private final Climb climb;
    private Optional<Instant> climbed;
    private Optional<Instant> suspicious = Optional.empty();
    private int histogramsBefore;
    private boolean asked;
    private boolean hasty;
    private Instant restUntil = Instant.MIN;
    private Duration rest = FIRST_REST;

    Ladder(Climb climb, Instant from) {
        this.climb = climb;
        this.climbed = switch (climb) {
            case AT_ONCE -> Optional.of(from);
            case ON_SUSPICION -> Optional.empty();
        };
    }

    /// Takes notice of the always-on rung.
    ///
    /// @param looksSo    it looks as if it might leak
    /// @param mayHurry   whether it need not look so for long, if it never climbed before
    /// @param histograms how many were taken so far
    /// @return true if this made it climb, because it has looked so for a while
    boolean suspicion(Instant now, boolean looksSo, boolean mayHurry, int histograms) {
        suspicious = looksSo ? suspicious.or(() -> Optional.of(now)) : Optional.empty();
        boolean hurries = mayHurry && histograms == 0 && !hasStood(STANDING, now);
        boolean stood = hasStood(hurries ? HASTY_STANDING : STANDING, now);
        if (climbed.isPresent() || !stood || now.isBefore(restUntil)) {
            return false;
        }
        climbed = Optional.of(now);
        hasty = hurries;
        histogramsBefore = histograms;
        return true;
    }

    private boolean hasStood(Duration time, Instant now) {
        return suspicious.filter(since -> !now.isBefore(since.plus(time))).isPresent();
    }

    /// Whether it last climbed in haste, and nobody asked since.
    boolean isHasty() {
        return hasty;
    }

    /// Somebody wants to know more although nothing is suspicious: climbs at once, and does not come down after few
    /// histograms.
    ///
    /// @param histograms how many were taken so far
    void ask(Instant now, int histograms) {
        asked = true;
        hasty = false;
        if (climbed.isEmpty()) {
            climbed = Optional.of(now);
            histogramsBefore = histograms;
        }
    }

    /// Since when histograms are taken; absent as long as nothing is suspicious.
    Optional<Instant> climbed() {
        return climbed;
    }

    /// Whether nothing looks as if it might leak, and no histograms are taken.
    boolean isCalm() {
        return climbed.isEmpty() && suspicious.isEmpty();
    }

    /// When the first histogram is due; absent as long as nothing is suspicious.
    Optional<Instant> firstHistogram() {
        return climbed.map(since -> since.plus(SETTLING));
    }

    /// Comes down if histograms found nothing: after few if they are all alike, else after many; each time for longer.
    ///
    /// @param histograms how many were taken so far
    /// @param flat       those of this climb show no growth that would matter soon
    /// @return true if it came down now
    boolean standDown(Instant now, int histograms, boolean flat, boolean leaks) {
        int enough = flat && !asked ? ENOUGH_IF_FLAT : ENOUGH_TO_STAND_DOWN;
        if (climb == Climb.AT_ONCE || climbed.isEmpty() || leaks || histograms - histogramsBefore < enough) {
            return false;
        }
        boolean brief = now.isBefore(climbed.get().plus(SHORTEST_CLIMB));
        if (hasty && brief && enough > ENOUGH_IF_FLAT) {
            return false;
        }
        climbed = Optional.empty();
        asked = false;
        rest(now, hasty && brief);
        return true;
    }

    private void rest(Instant now, boolean briefly) {
        restUntil = now.plus(briefly ? HASTY_REST : rest);
        if (!briefly) {
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
        }
    }
}
