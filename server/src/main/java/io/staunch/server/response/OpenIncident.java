package io.staunch.server.response;

import io.staunch.incident.IncidentRecorder;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator.Voice;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/// One incident while it is looked after: whose it is, what is known around it, where it is written down.
///
/// @param attention    on the service that leaks
/// @param surroundings the other services
/// @param ledger       of the service's releases
/// @param good         releases that were seen to run without a leak, or named good by a person
/// @param detected     when the leak was called
record OpenIncident(
        Attention attention,
        Surroundings surroundings,
        Desk desk,
        Ledger ledger,
        IncidentRecorder recorder,
        Set<String> good,
        Cause cause,
        Instant detected) {
    OpenIncident {
        good = Set.copyOf(good);
    }

    Service service() {
        return attention.service();
    }

    Releases releases() throws InterruptedException {
        return ledger.releases();
    }

    /// Writes a line that follows an act into the audit log; an incident does not end because its log can't be
    /// written.
    void audit(String by, String what, Remedy remedy, String detail) {
        try {
            desk.audit().append(by, what, remedy, detail);
        } catch (IOException e) {
            tell("the audit log can't be written (" + e.getMessage() + "): left out that of " + remedy.order() + ": "
                    + what);
        }
    }

    void tell(String sentence) {
        desk.narrator().tell(Instant.now(), Voice.STAUNCH, sentence);
    }
}
