package io.staunch.remedy;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The one way in which anything is done: the kill switch is asked last of all, the intention is on the disk
/// before anything moves, and how it went is written down. A log that can't be written means that nothing is
/// done; one that can't be written afterwards leaves the act open, for [Recovery] to settle.
///
/// @param audit where it is written down
public record LoggedAct(AuditLog audit, Platform platform, KillSwitch killSwitch) {

    /// Never longer than `limit`, apart from the seconds that it takes to stop what hangs.
    public Platform.Outcome carryOut(Remedy remedy, String by, Duration limit) throws InterruptedException {
        Optional<String> thrown = killSwitch.thrown();
        if (thrown.isPresent()) {
            return new Platform.Outcome.Failed(
                    "all acts are switched off by " + thrown.get() + "; nothing was done" + noted(remedy, by));
        }
        try {
            audit.append(by, "intends", remedy, remedy.order());
        } catch (IOException e) {
            return new Platform.Outcome.Failed(
                    "the audit log can't be written (" + e.getMessage() + "); nothing was done");
        }
        Platform.Outcome outcome = platform.carryOut(remedy, limit);
        try {
            audit.append(by, outcome instanceof Platform.Outcome.Done ? "done" : "failed", remedy, words(outcome));
        } catch (IOException e) {
            // The act stays open in the log; the next start looks up what became of it.
            return outcome;
        }
        return outcome;
    }

    private String noted(Remedy remedy, String by) {
        try {
            audit.append(by, "refused", remedy, "the kill switch");
            return "";
        } catch (IOException e) {
            return ", and that could not be written down";
        }
    }

    /// How it went, as a sentence.
    public static String words(Platform.Outcome outcome) {
        return switch (outcome) {
            case Platform.Outcome.Done(var took) ->
                String.format(Locale.ROOT, "It was in place after %.1f s.", took.toMillis() / 1000.0);
            case Platform.Outcome.Failed(var why) -> "It failed: " + why + ".";
            case Platform.Outcome.TimedOut(var limit, var step) ->
                "It was stopped after " + limit.toSeconds() + " s: " + step + ".";
        };
    }
}
