package io.staunch.drill.response;

import io.staunch.incident.IncidentStore;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.KillSwitch;

/// What those who look after the services of one system share.
public record Desk(
        UserFigures figures,
        IncidentStore store,
        AuditLog audit,
        KillSwitch killSwitch,
        OnCall onCall,
        Settings settings,
        Narrator narrator) {}
