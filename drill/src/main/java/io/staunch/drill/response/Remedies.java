package io.staunch.drill.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.drill.response.Narrator.Voice;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.IncidentRecorder;
import io.staunch.remedy.AuditLog;
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

    private final Attention attention;
    private final Surroundings surroundings;
    private final Desk desk;
    private final IncidentRecorder recorder;
    private final Set<String> good;
    private final Optional<Culprit> culprit;
    private final Attribution attribution;
    private final EffectWatch effects;
    private final ForeignActs foreign;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> inVain = new HashSet<>();
    private String recommended = "";

    /// @param good    releases that were seen to run without a leak, or named good by a person
    /// @param foreign what others do
    Remedies(
            Attention attention,
            Surroundings surroundings,
            Desk desk,
            IncidentRecorder recorder,
            Set<String> good,
            Optional<Culprit> culprit,
            Attribution attribution,
            EffectWatch effects,
            ForeignActs foreign) {
        this.attention = attention;
        this.surroundings = surroundings;
        this.desk = desk;
        this.recorder = recorder;
        this.good = good;
        this.culprit = culprit;
        this.attribution = attribution;
        this.effects = effects;
        this.foreign = foreign;
    }

    private Service service() {
        return attention.service();
    }

    /// True once an effect check has seen the growth ended.
    boolean untilRecovered(Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        while (clock.instant().isBefore(deadline)) {
            attention.look();
            if (foreign.follow(deadline)) {
                return true;
            }
            Releases releases = service().platform().releases(service().name());
            Options options = Options.weigh(
                    Options.candidates(releases, good, culprit), inVain, situation(releases, isAskable()));
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
        return service().mode() == Mode.APPROVE;
    }

    private Optional<Agreement> agreement(Options options) throws InterruptedException {
        return switch (service().mode()) {
            case OBSERVE, RECOMMEND, APPROVE ->
                switch (desk.onCall().decide(service().name(), options.allowed())) {
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
                service().mode(),
                approved,
                judge,
                good,
                desk.audit().pastActs(),
                Budget.DEFAULT,
                desk.killSwitch().thrown(),
                releases,
                true,
                surroundings.degrading(service()));
    }

    private void recommend(Options options) throws IOException {
        String advice = options.advice();
        if (service().mode() != Mode.OBSERVE && !advice.equals(recommended)) {
            recommended = advice;
            recorder.note(clock.instant(), Kind.ADVICE, "Recommended: " + advice + ".", options.refused());
            tell("recommends: " + advice);
        }
    }

    private boolean act(Agreement agreement, Releases releases, Instant deadline)
            throws IOException, PlatformFailed, InterruptedException {
        Remedy remedy = agreement.remedy();
        String by = agreement.by();
        AuditLog audit = desk.audit();
        if (GuardRails.judge(remedy, situation(releases, agreement.byPerson()))
                instanceof Clearance.Refused(var rule, var why)) {
            audit.append(by, "refused", remedy, why);
            tell("refuses to " + remedy.order() + " (" + rule.id() + "): " + why);
            Thread.sleep(ASK_EVERY.toMillis());
            return false;
        }
        attention.letGo();
        foreign.ownActBegins();
        Platform.Outcome outcome = new LoggedAct(audit, service().platform(), desk.killSwitch())
                .carryOut(remedy, by, desk.settings().actLimit());
        foreign.ownActEnds();
        Instant done = clock.instant();
        String words = LoggedAct.words(outcome);
        boolean carriedOut = outcome instanceof Platform.Outcome.Done;
        recorder.attempted(done, remedy, by, words, carriedOut);
        tell(remedy.order() + ": " + words);
        inVain.add(remedy.order());
        if (!carriedOut) {
            return false;
        }
        Effect effect = effects.watch(done, deadline);
        recorder.effect(clock.instant(), effect);
        audit.append(by, "effect", remedy, words(effect));
        tell("effect check: " + words(effect).replace("`", ""));
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

    private void tell(String sentence) {
        desk.narrator().tell(clock.instant(), Voice.STAUNCH, sentence);
    }
}
