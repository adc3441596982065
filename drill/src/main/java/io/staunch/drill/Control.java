package io.staunch.drill;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Mode;
import io.staunch.server.response.Narrator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A day without a leak, under mode `auto`: Staunch must do nothing at all.
public final class Control {
    private Control() {}

    /// What Staunch did, and the incidents that it opened and did not withdraw.
    public record Result(ControlName name, List<AuditLine> acts, List<Incident> incidents) {}

    /// Runs it for so long and looks into the audit log.
    public static Result run(ControlName name, ShopHome home, Path directory, Duration length, Narrator narrator)
            throws DrillFailed, InterruptedException {
        StateDirectory state = new StateDirectory(directory.resolve("state"));
        ControlScenario scenario =
                new ControlScenario(name, new Shop(home, directory.resolve("shop")), Pace.fast(), narrator);
        try (Rehearsal rehearsal = new Rehearsal(scenario, scenario, Mode.AUTO, state, narrator)) {
            rehearsal.run(length);
        }
        try (AuditLog audit = AuditLog.open(state.auditLog(), InstantSource.system())) {
            return new Result(
                    name,
                    audit.lines().stream()
                            .filter(line -> line.what().equals("intends"))
                            .toList(),
                    new IncidentStore(state.incidents())
                            .all().stream()
                                    .filter(incident -> incident.status() != Incident.Status.WITHDRAWN)
                                    .toList());
        } catch (IOException e) {
            throw new DrillFailed("the control's record could not be read: " + e.getMessage(), e);
        }
    }
}
