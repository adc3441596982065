package io.staunch.remedy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sets the audit log right after a crash: an act that was begun and has no line on its end is looked up on the
/// platform, and what is found there is written down. Nothing is done a second time; the intention stays in the
/// log and counts for the guard rails.
public final class Recovery {
    private Recovery() {}

    /// Writes a line for each act of this service that a crash left open.
    ///
    /// @return those lines
    public static List<AuditLine> settle(AuditLog audit, Platform platform, String service)
            throws IOException, InterruptedException {
        List<AuditLine> settled = new ArrayList<>();
        for (AuditLine open : audit.unfinished()) {
            if (open.service().equals(service)) {
                settled.add(settle(audit, platform, open));
            }
        }
        return List.copyOf(settled);
    }

    private static AuditLine settle(AuditLog audit, Platform platform, AuditLine open)
            throws IOException, InterruptedException {
        try {
            Optional<String> running =
                    platform.releases(open.service()).current().map(Release::version);
            String found = running.map(version -> "release " + version + " was found in place")
                    .orElse("no release was found in place");
            boolean done = running.filter(open.to()::equals).isPresent();
            return audit.settle(
                    open,
                    done ? "done" : "failed",
                    "Staunch ended in the middle of it; afterwards " + found + (done ? ", restarted or not" : ""));
        } catch (PlatformFailed e) {
            return audit.settle(
                    open,
                    "failed",
                    "Staunch ended in the middle of it; what runs now could not be asked: " + e.getMessage());
        }
    }
}
