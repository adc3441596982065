package io.staunch.server.response;

import io.staunch.incident.IncidentStore;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.KillSwitch;
import java.util.function.Supplier;

/// What those who look after the services of one system share.
///
/// @param good   releases that were watched without a leak
/// @param onDuty the incidents that are looked after
/// @param pace   asked anew each time
public record Desk(
        UserFigures figures,
        IncidentStore store,
        AuditLog audit,
        KillSwitch killSwitch,
        OnCall onCall,
        GoodReleases good,
        OnDuty onDuty,
        Supplier<Settings> pace,
        Narrator narrator) {

    /// As they are now.
    Settings settings() {
        return pace.get();
    }
}
