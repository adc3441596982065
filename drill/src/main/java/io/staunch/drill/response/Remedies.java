package io.staunch.drill.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.incident.Entry.Kind;
import io.staunch.remedy.Budget;
import io.staunch.remedy.Clearance;
import io.staunch.remedy.Effect;
import io.staunch.remedy.GuardRails;
import io.staunch.remedy.LoggedAct;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Goes from act to act until one is seen to help: each allowed by the guard rails and, unless the mode is
/// `auto`, agreed to by a person. What people do meanwhile by themselves is noticed, and its effect checked too.
final class Remedies {
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);

    private final OpenIncident incident;
    private final Optional<Culprit> culprit;
    private final Attribution attribution;
    private final EffectWatch effects;
    private final ForeignActs foreign;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> inVain = new HashSet<>();
    private String recommended = "";

    /// @param foreign what others do
    Remedies(
            OpenIncident incident,
            Optional<Culprit> culprit,
            Attribution attribution,
            EffectWatch effects,
            ForeignActs foreign) {
        this.incident = incident;
        this.culprit = culprit;
        this.attribution = attribution;
        this.effects = effects;
        this.foreign = foreign;
    }

    /// True once an effect check has seen the growth ended.
    boolean untilRecovered(Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        while (clock.instant().isBefore(deadline)) {
            incident.attention().look();
            if (foreign.follow(deadline)) {
                return true;
            }
            Releases releases = incident.releases();
            Options options = Options.weigh(
                    Options.candidates(releases, incident.good(), culprit), inVain, situation(releases, isAskable()));
            recommend(options);
            Optional<Agreement> agreement = agreement(options);
            if (agreement.isEmpty()) {
                Thread.sleep(ASK_EVERY.toMillis());
            } else if (act(agreement.get(), releases, deadline)) {
                return true;
            }
        }
        return false;
    }

    private record Agreement(Remedy remedy, String by, boolean byPerson) {}

    /// Whether options are weighed as a person could agree to them.
    private boolean isAskable() {
        return incident.service().mode() == Mode.APPROVE;
    }

    private Optional<Agreement> agreement(Options options) throws InterruptedException {
        return switch (incident.service().mode()) {
            case OBSERVE, RECOMMEND, APPROVE ->
                switch (incident.desk().onCall().decide(incident.service().name(), options.allowed())) {
                    case OnCall.Answer.Wait() -> Optional.empty();
                    case OnCall.Answer.Agreed(var remedy, var by) -> Optional.of(new Agreement(remedy, by, true));
                };
            case AUTO -> options.allowed().stream().findFirst().map(remedy -> new Agreement(remedy, "staunch", false));
        };
    }

    private Situation situation(Releases releases, boolean approved) throws IOException {
        Situation.Judge judge = attribution
                .release()
                .<Situation.Judge>map(release -> new Situation.Judge.Implicates(release.version()))
                .orElseGet(() -> new Situation.Judge.NoReleaseImplicated(
                        attribution.evidence().getFirst()));
        return new Situation(
                clock.instant(),
                incident.service().mode(),
                approved,
                judge,
                incident.good(),
                incident.desk().audit().pastActs(),
                Budget.DEFAULT,
                incident.desk().killSwitch().thrown(),
                releases,
                true,
                incident.surroundings().degrading(incident.service()));
    }

    private void recommend(Options options) throws IOException {
        String advice = options.advice();
        if (incident.service().mode() != Mode.OBSERVE && !advice.equals(recommended)) {
            recommended = advice;
            incident.recorder().note(clock.instant(), Kind.ADVICE, "Recommended: " + advice + ".", options.refused());
            incident.tell("recommends: " + advice);
        }
    }

    private boolean act(Agreement agreement, Releases releases, Instant deadline)
            throws IOException, PlatformFailed, InterruptedException {
        Remedy remedy = agreement.remedy();
        String by = agreement.by();
        if (GuardRails.judge(remedy, situation(releases, agreement.byPerson()))
                instanceof Clearance.Refused(var rule, var why)) {
            incident.audit(by, "refused", remedy, why);
            incident.tell("refuses to " + remedy.order() + " (" + rule.id() + "): " + why);
            Thread.sleep(ASK_EVERY.toMillis());
            return false;
        }
        incident.attention().letGo();
        foreign.ownActBegins();
        Platform.Outcome outcome = new LoggedAct(
                        incident.desk().audit(),
                        incident.service().platform(),
                        incident.desk().killSwitch())
                .carryOut(remedy, by, incident.desk().settings().actLimit());
        foreign.ownActEnds();
        Instant done = clock.instant();
        String words = LoggedAct.words(outcome);
        boolean carriedOut = outcome instanceof Platform.Outcome.Done;
        incident.recorder().attempted(done, remedy, by, words, carriedOut);
        incident.tell(remedy.order() + ": " + words);
        inVain.add(remedy.order());
        if (!carriedOut) {
            return false;
        }
        Effect effect = effects.watch(done, deadline);
        incident.recorder().effect(clock.instant(), effect);
        incident.audit(by, "effect", remedy, words(effect));
        incident.tell("effect check: " + words(effect).replace("`", ""));
        return effect instanceof Effect.Helped;
    }

    static String words(Effect effect) {
        return switch (effect) {
            case Effect.Helped(var comparison) ->
                "the growth ended: " + comparison.series().name() + " not rising for "
                        + Figures.duration(comparison.watched());
            case Effect.DidNotHelp(var comparison) ->
                "the growth goes on: " + comparison.series().name() + " rising by "
                        + Figures.rate(comparison.series(), comparison.perHourAfter());
            case Effect.TooEarly(var why) -> "too early to say: " + why;
        };
    }
}
