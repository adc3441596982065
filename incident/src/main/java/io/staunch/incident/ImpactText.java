package io.staunch.incident;

import io.staunch.incident.Impact.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The impact on users, in one line and as a table.
final class ImpactText {
    private static final String NOT_MEASURED = "not measured";

    private ImpactText() {}

    static String oneLine(Optional<Impact> measured) {
        if (measured.isEmpty()) {
            return NOT_MEASURED;
        }
        Impact impact = measured.get();
        List<String> parts = new ArrayList<>();
        parts.add(
                impact.usersHitPercent().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.1f %% of users hit",
                                impact.usersHitPercent().getAsDouble())
                        : "share of users hit: " + NOT_MEASURED);
        parts.add(
                impact.checkoutsLost().isPresent()
                        ? impact.checkoutsLost().getAsLong() + " checkouts lost against the rate of before"
                        : "checkouts lost: " + NOT_MEASURED);
        if (impact.before().isPresent() && impact.during().isPresent()) {
            parts.add("95 % of requests within " + millis(impact.during().get()) + ", before "
                    + millis(impact.before().get()));
        }
        return String.join("; ", parts);
    }

    static List<String> table(Optional<Impact> measured) {
        if (measured.isEmpty()) {
            return List.of();
        }
        Impact impact = measured.get();
        List<String> lines = new ArrayList<>();
        lines.add("Measured " + impact.source() + ":");
        lines.add("");
        lines.add("| | requests | requests a second | failed | 95 % within | checkouts a minute |");
        lines.add("|---|---:|---:|---:|---:|---:|");
        lines.add(row("before", impact.before()));
        lines.add(row("during", impact.during()));
        lines.add(row("after", impact.after()));
        lines.add("");
        return lines;
    }

    private static String row(String name, Optional<Phase> phase) {
        return phase.map(seen -> String.format(
                        Locale.ROOT,
                        "| %s (%s) | %,d | %.1f | %.2f %% | %s | %.1f |",
                        name,
                        Times.span(seen.length()),
                        seen.requests(),
                        seen.requestsPerSecond(),
                        100 * seen.errorShare(),
                        millis(seen),
                        seen.checkoutsPerMinute()))
                .orElse("| " + name + " | " + NOT_MEASURED + " | | | | |");
    }

    private static String millis(Phase phase) {
        return phase.latency95().toMillis() + " ms";
    }
}
