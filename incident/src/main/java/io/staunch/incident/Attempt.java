package io.staunch.incident;

import io.staunch.remedy.Effect;
import io.staunch.remedy.Effect.Comparison;
import java.time.Instant;
import java.util.Optional;

/// An act against the leak, and what came of it.
///
/// @param act      `rollback`, `restart`, `upgrade` or `patch`
/// @param order    what was done, as an order without the full stop
/// @param to       the version that was to run afterwards
/// @param agreedBy who agreed to it; `staunch` if it acted by itself
/// @param outcome  how the doing went, as a sentence
/// @param done     whether the doing went well, whatever its effect
/// @param effect   absent until it was checked
public record Attempt(
        Instant at,
        String act,
        String order,
        String to,
        String agreedBy,
        String outcome,
        boolean done,
        Optional<Seen> effect) {

    /// The result of an effect check.
    public enum Result {
        HELPED,
        DID_NOT_HELP,
        TOO_EARLY
    }

    /// What the effect check saw.
    public record Seen(Instant at, Result result, Optional<Comparison> comparison, String why) {
        public static Seen of(Instant at, Effect effect) {
            return switch (effect) {
                case Effect.Helped(var comparison) ->
                    new Seen(at, Result.HELPED, Optional.of(comparison), comparison.why());
                case Effect.DidNotHelp(var comparison) ->
                    new Seen(at, Result.DID_NOT_HELP, Optional.of(comparison), comparison.why());
                case Effect.TooEarly(var why) -> new Seen(at, Result.TOO_EARLY, Optional.empty(), why);
            };
        }
    }

    public boolean helped() {
        return effect.map(seen -> seen.result() == Result.HELPED).orElse(false);
    }

    public boolean didNotHelp() {
        return effect.map(seen -> seen.result() == Result.DID_NOT_HELP).orElse(false);
    }

    Attempt with(Seen seen) {
        return new Attempt(at, act, order, to, agreedBy, outcome, done, Optional.of(seen));
    }
}
