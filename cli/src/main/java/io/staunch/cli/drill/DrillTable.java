package io.staunch.cli.drill;

import io.staunch.diagnose.Figures;
import io.staunch.drill.DrillResult;
import io.staunch.incident.Incident;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Several drills side by side, beside what it took the teams that the incidents happened to.
final class DrillTable {
    private static final String ROW = "%-12s  %-13s  %9s  %9s  %9s  %s%n";

    private DrillTable() {}

    /// Seconds count from the beginning of the leaky deployment.
    static String of(List<DrillResult> results) {
        StringBuilder table = new StringBuilder();
        table.append(
                ROW.formatted("drill", "outcome", "detected", "cause", "recovered", "the team's time to the cause"));
        for (DrillResult result : results) {
            table.append(ROW.formatted(
                    result.drill().word(),
                    outcome(result.recovered()),
                    after(result, incident -> Optional.of(incident.detected())),
                    after(result, Incident::causeNamed),
                    after(result, Incident::recovered),
                    Figures.duration(result.drill().teamsTimeToCause())));
        }
        return table.toString();
    }

    private static String after(DrillResult result, Function<Incident, Optional<Instant>> time) {
        return result.incident()
                .flatMap(time)
                .map(at -> String.format(Locale.ROOT, "%.1f s", result.seconds(at)))
                .orElse("-");
    }

    private static String outcome(boolean recovered) {
        return recovered ? "recovered" : "not recovered";
    }

    /// One object for all: the form of each is that of a single drill.
    static Map<String, Object> json(List<DrillResult> results) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.drill/1");
        form.put("drill", "all");
        form.put("outcome", outcome(results.stream().allMatch(DrillResult::recovered)));
        form.put("drills", results.stream().map(DrillResult::json).toList());
        return form;
    }
}
