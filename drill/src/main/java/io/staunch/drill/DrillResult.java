package io.staunch.drill;

import io.staunch.diagnose.JsonForm;
import io.staunch.incident.Attempt;
import io.staunch.incident.Impact;
import io.staunch.incident.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a drill ended.
///
/// @param leakyDeployed when the deployment of the leaky release began: the seconds count from it
/// @param incident      empty if nothing was detected
/// @param rightService  whether the incident was opened for the service that leaks
public record DrillResult(
        DrillName drill,
        Instant leakyDeployed,
        Optional<Incident> incident,
        Optional<Path> postmortem,
        boolean rightService) {

    /// Whether the leak was found and ended. A leak that was called before there was one is a false alarm, whatever
    /// came of it.
    public boolean recovered() {
        return rightService
                && !isFalseAlarm()
                && incident.filter(found -> found.status() == Incident.Status.RECOVERED)
                        .isPresent();
    }

    /// Whether the incident was opened on a release that did not leak.
    public boolean isFalseAlarm() {
        return incident.filter(found -> found.detected().isBefore(leakyDeployed))
                .isPresent();
    }

    /// As `drill --json` promises it. What did not happen has no key.
    public Map<String, Object> json() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.drill/1");
        form.put("drill", drill.word());
        form.put("outcome", recovered() ? "recovered" : "not recovered");
        incident.ifPresent(found -> {
            form.put("secondsToDetect", seconds(found.detected()));
            found.causeNamed().ifPresent(at -> form.put("secondsToCause", seconds(at)));
            found.recovered().ifPresent(at -> form.put("secondsToRecovery", seconds(at)));
            found.culprit().ifPresent(culprit -> form.put("culprit", JsonForm.culprit(culprit)));
            form.put(
                    "suspects", found.suspects().stream().map(JsonForm::suspect).toList());
            form.put(
                    "remedies",
                    found.attempts().stream().map(DrillResult::remedy).toList());
            found.impact()
                    .map(Impact::usersHitPercent)
                    .ifPresent(share ->
                            share.ifPresent(percent -> form.put("usersHitPercent", Math.round(10 * percent) / 10.0)));
            form.put("service", found.service());
            form.put("incident", found.id());
        });
        form.put("teamsSecondsToCause", drill.teamsTimeToCause().toSeconds());
        postmortem.ifPresent(path -> form.put("postmortem", path.toString()));
        return form;
    }

    /// Seconds after the leaky deployment began, to the tenth.
    public double seconds(Instant at) {
        return Math.round(Duration.between(leakyDeployed, at).toMillis() / 100.0) / 10.0;
    }

    private static Map<String, Object> remedy(Attempt attempt) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("act", attempt.act());
        form.put("helped", attempt.helped());
        return form;
    }
}
