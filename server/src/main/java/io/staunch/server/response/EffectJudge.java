package io.staunch.server.response;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Judgement;
import io.staunch.incident.Growth;
import io.staunch.remedy.Effect;
import io.staunch.remedy.EffectCheck;
import io.staunch.remedy.Library;
import io.staunch.remedy.Remedy;
import java.time.Duration;
import java.util.Optional;

/// Whether an act ended the growth, by what is known of the process after it, and whether that is known for long
/// enough to be the last word. Pure.
///
/// @param leakedIn the release of the process that leaked; empty if nobody knows
/// @param showed   how long the leak took to be called
/// @param cause    as it is known when it is asked
record EffectJudge(Service.Kind kind, Growth growth, Optional<String> leakedIn, Duration showed, Cause cause) {
    /// What filled while the service got going must be seen full for so long, or it looks as if it went on.
    private static final Duration FILLED = Duration.ofSeconds(10);
    /// A type that piles up at this share of its former pace does so for the same reason.
    private static final double AS_BEFORE = 0.5;
    /// One that grows at less than this share of it may only be filling.
    private static final double FAR_SLOWER = 0.2;

    /// A new process is watched for at least as long as the leak took to show in the old one: then its absence
    /// means something.
    Duration least(Settings settings) {
        return showed.compareTo(settings.leastEffect()) > 0 ? showed : settings.leastEffect();
    }

    /// A growth that is seen is one, once the service has got going; that there is none takes its time. The very code
    /// that leaked does not fill anew what it filled without end before: it need not have got going.
    boolean isDecided(Effect effect, Remedy remedy, Known after, Settings settings) {
        return switch (effect) {
            case Effect.DidNotHelp _ ->
                after.watched().compareTo(settings.leastEffect()) >= 0
                        && (goesOnAsBefore(remedy, after)
                                || after.watched()
                                                .compareTo(settings.patience()
                                                        .settling()
                                                        .plus(FILLED))
                                        >= 0);
            case Effect.Helped _ -> after.watched().compareTo(least(settings)) >= 0;
            case Effect.TooEarly _ -> false;
        };
    }

    private boolean goesOnAsBefore(Remedy remedy, Known after) {
        return keepsTheCode(remedy)
                && after.diagnosis().overall().isLeak()
                && cause.lead()
                        .filter(culprit -> rate(culprit, after) >= AS_BEFORE * culprit.instancesPerHour())
                        .isPresent();
    }

    /// Whether what runs after it is the release that leaked, or has the culprit's library in the same version.
    private boolean keepsTheCode(Remedy remedy) {
        boolean same = leakedIn.filter(remedy.target().version()::equals).isPresent();
        return same
                || cause.culprit()
                        .flatMap(Culprit::library)
                        .map(Library::new)
                        .filter(remedy.target().libraries()::contains)
                        .isPresent();
    }

    /// By the series that grew, and by the culprit's own type: an act has helped when neither grows, and has not
    /// when the type still does, alone at half its former pace or more. When something else grows, the matter is
    /// open. The keys of a cache that makes room may grow until it is full.
    Effect judge(Known after) {
        Series series = growth.series();
        Verdict verdict = after.diagnosis().judgements().stream()
                .filter(judgement -> judgement.series().equals(series))
                .findFirst()
                .map(Judgement::verdict)
                .orElseGet(() -> new Verdict.Unknown("the " + series.name() + " was not measured yet"));
        Effect effect = EffectCheck.judge(series, growth.rate(), verdict, after.watched());
        boolean fillsAsItMay = kind == Service.Kind.REDIS && verdict instanceof Verdict.Growing;
        Optional<Accumulation> culprit = cause.lead();
        return culprit.isPresent() && !fillsAsItMay ? byType(effect, culprit.get(), after) : effect;
    }

    private static Effect byType(Effect effect, Accumulation culprit, Known after) {
        if (!after.observations().held().typesSeen()) {
            return new Effect.TooEarly("too little was seen of what is held since the act");
        }
        double rate = rate(culprit, after);
        if (rate >= AS_BEFORE * culprit.instancesPerHour()) {
            return new Effect.DidNotHelp(new Effect.Comparison(
                    instances(culprit), culprit.instancesPerHour(), rate, after.watched(), "it piles up as before"));
        }
        return switch (effect) {
            case Effect.Helped(var comparison) ->
                rate == 0
                        ? new Effect.Helped(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("instances of `" + culprit.type() + "` still grow");
            case Effect.DidNotHelp(var comparison) ->
                rate >= FAR_SLOWER * culprit.instancesPerHour()
                        ? new Effect.DidNotHelp(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("`" + culprit.type() + "` hardly grows, but " + comparison.why());
            case Effect.TooEarly early -> early;
        };
    }

    /// Instances more an hour; 0 if the type does not grow.
    private static double rate(Accumulation culprit, Known after) {
        return after.observations().held().growing().stream()
                .filter(growing -> growing.type().equals(culprit.type()))
                .findFirst()
                .map(Accumulation::instancesPerHour)
                .orElse(0.0);
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
