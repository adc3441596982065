package io.staunch.server.response;

import io.staunch.remedy.Effect;
import io.staunch.remedy.Remedy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The effect checks of one incident, whoever acted, each written into its record and into the audit log. One that
/// came to no end is taken up again for as long as nothing else is done. Not thread-safe.
final class EffectChecks {
    private final OpenIncident incident;
    private final EffectWatch watch;
    private final InstantSource clock = InstantSource.system();
    private Optional<Undecided> undecided = Optional.empty();

    EffectChecks(OpenIncident incident, EffectWatch watch) {
        this.incident = incident;
        this.watch = watch;
    }

    /// An act of which it was too early to say whether it helped.
    private record Undecided(Remedy remedy, String by) {}

    /// Watches the effect of an act that the record has as its last. Nothing can be agreed to meanwhile.
    ///
    /// @return true if it ended the growth
    boolean helped(Remedy remedy, String by, Instant done, Instant deadline) throws InterruptedException {
        incident.desk().onCall().withdraw(incident.service().name());
        undecided = Optional.empty();
        Effect effect = watch.watch(remedy, done, deadline);
        if (effect instanceof Effect.TooEarly) {
            undecided = Optional.of(new Undecided(remedy, by));
        }
        return written(effect, remedy, by);
    }

    /// Whether nobody knows yet what came of the last act.
    boolean areUndecided() {
        return undecided.isPresent();
    }

    /// Something else is done: what came of the act before can't be told apart from it any more.
    void giveUp() {
        undecided = Optional.empty();
    }

    /// Looks again at what was undecided.
    ///
    /// @return true if it is known by now that the growth has ended
    boolean haveHelpedSince() {
        if (undecided.isEmpty()) {
            return false;
        }
        Undecided open = undecided.get();
        Optional<Effect> effect = watch.decided(open.remedy());
        if (effect.isEmpty()) {
            return false;
        }
        undecided = Optional.empty();
        return written(effect.get(), open.remedy(), open.by());
    }

    private boolean written(Effect effect, Remedy remedy, String by) {
        incident.recorder().effect(clock.instant(), effect);
        incident.audit(by, "effect", remedy, Remedies.words(effect));
        incident.tell("effect check: " + Remedies.words(effect).replace("`", ""));
        return effect instanceof Effect.Helped;
    }
}
