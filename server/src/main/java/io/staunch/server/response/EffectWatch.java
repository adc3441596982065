package io.staunch.server.response;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import io.staunch.incident.Growth;
import io.staunch.remedy.Effect;
import io.staunch.remedy.EffectCheck;
import io.staunch.server.response.Narrator.Voice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Looks whether an act ended the growth.
final class EffectWatch {
    /// What filled while the service got going must be seen full for so long, or it looks as if it went on.
    private static final Duration FILLED = Duration.ofSeconds(10);
    /// A type that piles up at this share of its former pace does so for the same reason.
    private static final double AS_BEFORE = 0.5;
    /// One that grows at less than this share of it may only be filling.
    private static final double FAR_SLOWER = 0.2;

    private final Attention attention;
    private final Desk desk;
    private final Growth growth;
    private final Duration showed;
    private final Cause cause;
    private final InstantSource clock = InstantSource.system();

    /// @param showed how long the leak took to be called
    /// @param cause  as it is known when it is asked
    EffectWatch(Attention attention, Desk desk, Growth growth, Duration showed, Cause cause) {
        this.attention = attention;
        this.desk = desk;
        this.growth = growth;
        this.showed = showed;
        this.cause = cause;
    }

    /// A new process is watched for at least as long as the leak took to show in the old one: then its absence
    /// means something.
    Effect watch(Instant done, Instant deadline) throws InterruptedException {
        Settings settings = desk.settings();
        Duration least = showed.compareTo(settings.leastEffect()) > 0 ? showed : settings.leastEffect();
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
                effect = judge(known);
                if (isDecided(effect, known.watched(), least)) {
                    return effect;
                }
            }
            Thread.sleep(settings.lookEvery().toMillis());
        }
        return effect;
    }

    /// A growth that is seen is one, once the service has got going; that there is none takes its time.
    private boolean isDecided(Effect effect, Duration watched, Duration least) {
        return switch (effect) {
            case Effect.DidNotHelp _ ->
                watched.compareTo(desk.settings().patience().settling().plus(FILLED)) >= 0
                        && watched.compareTo(desk.settings().leastEffect()) >= 0;
            case Effect.Helped _ -> watched.compareTo(least) >= 0;
            case Effect.TooEarly _ -> false;
        };
    }

    /// By the series that grew, and by the culprit's own type: an act has helped when neither grows, and has not
    /// when the type still does, alone at half its former pace or more. When something else grows, the matter is
    /// open. The keys of a cache that makes room may grow until it is full.
    private Effect judge(Known after) {
        Series series = growth.series();
        Verdict verdict = after.diagnosis().judgements().stream()
                .filter(judgement -> judgement.series().equals(series))
                .findFirst()
                .map(Judgement::verdict)
                .orElseGet(() -> new Verdict.Unknown("the " + series.name() + " was not measured yet"));
        Effect effect = EffectCheck.judge(series, growth.rate(), verdict, after.watched());
        boolean fillsAsItMay = attention.service().kind() == Service.Kind.REDIS && verdict instanceof Verdict.Growing;
        Optional<Accumulation> culprit = cause.lead();
        return culprit.isPresent() && !fillsAsItMay ? byType(effect, culprit.get(), after) : effect;
    }

    private static Effect byType(Effect effect, Accumulation culprit, Known after) {
        if (!after.observations().held().typesSeen()) {
            return new Effect.TooEarly("too little was seen of what is held since the act");
        }
        Optional<Accumulation> still = after.observations().held().growing().stream()
                .filter(growing -> growing.type().equals(culprit.type()))
                .findFirst();
        double rate = still.map(Accumulation::instancesPerHour).orElse(0.0);
        if (rate >= AS_BEFORE * culprit.instancesPerHour()) {
            return new Effect.DidNotHelp(new Effect.Comparison(
                    instances(culprit), culprit.instancesPerHour(), rate, after.watched(), "it piles up as before"));
        }
        return switch (effect) {
            case Effect.Helped(var comparison) ->
                still.isEmpty()
                        ? new Effect.Helped(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("instances of `" + culprit.type() + "` still grow");
            case Effect.DidNotHelp(var comparison) ->
                rate >= FAR_SLOWER * culprit.instancesPerHour()
                        ? new Effect.DidNotHelp(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("`" + culprit.type() + "` hardly grows, but " + comparison.why());
            case Effect.TooEarly early -> early;
        };
    }

    private static Effect.Comparison ofInstances(Accumulation culprit, double after, Effect.Comparison comparison) {
        return new Effect.Comparison(
                instances(culprit),
                culprit.instancesPerHour(),
                after,
                comparison.watched(),
                comparison.series().name() + ": " + comparison.why());
    }

    private static Series instances(Accumulation culprit) {
        return new Series("number of instances of `" + culprit.type() + "`", Unit.COUNT);
    }
}
