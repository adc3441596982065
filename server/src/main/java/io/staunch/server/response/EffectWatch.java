package io.staunch.server.response;

import io.staunch.diagnose.Figures;
import io.staunch.remedy.Effect;
import io.staunch.remedy.Remedy;
import io.staunch.server.response.Narrator.Voice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Looks whether an act ended the growth.
final class EffectWatch {
    private final Attention attention;
    private final Desk desk;
    private final EffectJudge judge;
    private final InstantSource clock = InstantSource.system();

    EffectWatch(Attention attention, Desk desk, EffectJudge judge) {
        this.attention = attention;
        this.desk = desk;
        this.judge = judge;
    }

    /// Until it is decided or has taken too long.
    Effect watch(Remedy remedy, Instant done, Instant deadline) throws InterruptedException {
        Settings settings = desk.settings();
        Duration least = judge.least(settings);
        Duration twice = least.multipliedBy(2);
        boolean slow = least.compareTo(settings.longestEffect()) > 0;
        Instant end = done.plus(slow ? twice : settings.longestEffect());
        desk.narrator()
                .tell(clock.instant(), Voice.STAUNCH, "watches the effect for at least " + Figures.duration(least));
        Effect effect = new Effect.TooEarly("nothing was seen of the service after the act");
        Optional<Watched> looked = Optional.empty();
        while (clock.instant().isBefore(end) && clock.instant().isBefore(deadline)) {
            Optional<Watched> now = attention.look();
            attention.news();
            if (now.isPresent()) {
                if (looked.filter(now.get()::equals).isEmpty()) {
                    looked = now;
                    now.get().lookCloser();
                }
                Known known = now.get().soFar();
                effect = judge.judge(known);
                if (judge.isDecided(effect, remedy, known, settings)) {
                    return effect;
                }
            }
            Thread.sleep(settings.lookEvery().toMillis());
        }
        return undecided(effect);
    }

    /// What was seen for too short a time is said so.
    private static Effect.TooEarly undecided(Effect effect) {
        return switch (effect) {
            case Effect.Helped(var comparison) ->
                new Effect.TooEarly("no growth was seen, but only for " + Figures.duration(comparison.watched()));
            case Effect.DidNotHelp(var comparison) ->
                new Effect.TooEarly("it grows, but was seen only for " + Figures.duration(comparison.watched())
                        + ", in which a service may still be filling");
            case Effect.TooEarly early -> early;
        };
    }

    /// The effect, if it can be told by now.
    Optional<Effect> decided(Remedy remedy) {
        Optional<Watched> now = attention.look();
        attention.news();
        return now.map(Watched::soFar)
                .flatMap(known -> Optional.of(judge.judge(known))
                        .filter(effect -> judge.isDecided(effect, remedy, known, desk.settings())));
    }
}
