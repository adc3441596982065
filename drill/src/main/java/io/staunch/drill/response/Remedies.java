package io.staunch.drill.response;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import io.staunch.drill.response.Attention.Watched;
import io.staunch.drill.response.Narrator.Voice;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.IncidentRecorder;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Budget;
import io.staunch.remedy.Clearance;
import io.staunch.remedy.Effect;
import io.staunch.remedy.EffectCheck;
import io.staunch.remedy.GuardRails;
import io.staunch.remedy.Library;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import io.staunch.server.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Goes from act to act, each allowed by the guard rails and agreed to by a person, until one is seen to help.
final class Remedies {
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Service service;
    private final AuditLog audit;
    private final IncidentRecorder recorder;
    private final OnCall onCall;
    private final Settings settings;
    private final Narrator narrator;
    private final Attention attention;
    private final Set<String> seenGood;
    private final Outcome known;
    private final Attribution attribution;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> inVain = new HashSet<>();
    private String recommended = "";

    Remedies(
            Service service,
            AuditLog audit,
            IncidentRecorder recorder,
            OnCall onCall,
            Settings settings,
            Narrator narrator,
            Attention attention,
            Set<String> seenGood,
            Outcome known,
            Attribution attribution) {
        this.service = service;
        this.audit = audit;
        this.recorder = recorder;
        this.onCall = onCall;
        this.settings = settings;
        this.narrator = narrator;
        this.attention = attention;
        this.seenGood = seenGood;
        this.known = known;
        this.attribution = attribution;
    }

    /// True once an effect check has seen the growth ended.
    boolean untilRecovered(Instant deadline) throws IOException, PlatformFailed, InterruptedException {
        while (clock.instant().isBefore(deadline)) {
            Releases releases = service.platform().releases(service.name());
            Options options = options(releases);
            recommend(options);
            switch (onCall.decide(options.allowed())) {
                case OnCall.Answer.Wait() -> Thread.sleep(ASK_EVERY.toMillis());
                case OnCall.Answer.Agreed(var remedy, var by) -> {
                    if (act(remedy, by, releases, deadline)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// What could be done, the safest lasting act first, and what the guard rails say of each.
    private Options options(Releases releases) throws IOException {
        List<Remedy> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Remedy remedy : candidates(releases)) {
            if (inVain.contains(remedy.order())) {
                continue;
            }
            switch (GuardRails.judge(remedy, situation(releases))) {
                case Clearance.Allowed() -> allowed.add(remedy);
                case Clearance.Refused(var rule, var why) ->
                    refused.add("A guard rail (" + rule.id() + ") refuses to " + remedy.order() + ": " + why);
            }
        }
        return new Options(List.copyOf(allowed), List.copyOf(refused));
    }

    private record Options(List<Remedy> allowed, List<String> refused) {}

    private List<Remedy> candidates(Releases releases) {
        List<Remedy> candidates = new ArrayList<>();
        Optional<Release> current = releases.current();
        if (current.isEmpty()) {
            return candidates;
        }
        releases.inPlace().reversed().stream()
                .filter(release -> seenGood.contains(release.version()))
                .findFirst()
                .or(() -> releases.before(current.get()))
                .ifPresent(good -> candidates.add(new Remedy.RollBack(service.name(), current.get(), good)));
        candidates.addAll(upgrades(releases, current.get()));
        candidates.add(new Remedy.Restart(service.name(), current.get()));
        return candidates;
    }

    /// Releases that lie ready, never ran, and hold another version of the library that owns what piles up.
    private List<Remedy> upgrades(Releases releases, Release current) {
        Optional<Library> guilty =
                known.diagnosis().culprit().flatMap(Culprit::library).map(Library::new);
        if (guilty.isEmpty()) {
            return List.of();
        }
        List<Remedy> upgrades = new ArrayList<>();
        for (Release release : releases.known()) {
            boolean ran = releases.inPlace().stream()
                    .anyMatch(placed -> placed.version().equals(release.version()));
            if (!ran) {
                release.libraries().stream()
                        .filter(library ->
                                library.coordinates().equals(guilty.get().coordinates()))
                        .filter(library -> !library.equals(guilty.get()))
                        .findFirst()
                        .ifPresent(fixed -> upgrades.add(new Remedy.Upgrade(service.name(), current, release, fixed)));
            }
        }
        return upgrades;
    }

    private Situation situation(Releases releases) throws IOException {
        Situation.Judge judge = attribution
                .release()
                .<Situation.Judge>map(release -> new Situation.Judge.Implicates(release.version()))
                .orElseGet(() -> new Situation.Judge.NoReleaseImplicated(
                        attribution.evidence().getFirst()));
        return new Situation(
                clock.instant(),
                Mode.APPROVE,
                true,
                judge,
                seenGood,
                audit.pastActs(),
                Budget.DEFAULT,
                Optional.empty(),
                releases,
                true,
                Set.of(service.name()));
    }

    private void recommend(Options options) throws IOException {
        List<Remedy> allowed = options.allowed();
        String advice = allowed.isEmpty()
                ? "wait for a patched release; nothing else is left that the guard rails allow"
                : allowed.getFirst().order()
                        + (allowed.size() > 1
                                ? "; or "
                                        + String.join(
                                                "; or ",
                                                allowed.stream()
                                                        .skip(1)
                                                        .map(Remedies::choice)
                                                        .toList())
                                : "");
        if (!advice.equals(recommended)) {
            recommended = advice;
            recorder.note(clock.instant(), Kind.ADVICE, "Recommended: " + advice + ".", options.refused());
            tell("recommends: " + advice);
        }
    }

    private static String choice(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Restart restart -> restart.order() + " for relief";
            case Remedy.RollBack back -> back.order();
            case Remedy.Upgrade upgrade -> upgrade.order();
            case Remedy.Patch patch -> patch.order();
        };
    }

    private boolean act(Remedy remedy, String by, Releases releases, Instant deadline)
            throws IOException, InterruptedException {
        if (GuardRails.judge(remedy, situation(releases)) instanceof Clearance.Refused(var rule, var why)) {
            audit.append(by, "refused", remedy, why);
            tell("refuses to " + remedy.order() + " (" + rule.id() + "): " + why);
            return false;
        }
        audit.append(by, "intends", remedy, remedy.order());
        attention.letGo();
        Platform.Outcome outcome = service.platform().carryOut(remedy, settings.actLimit());
        Instant done = clock.instant();
        String words = words(outcome);
        boolean carriedOut = outcome instanceof Platform.Outcome.Done;
        audit.append(by, carriedOut ? "done" : "failed", remedy, words);
        recorder.attempted(done, remedy, by, words, carriedOut);
        tell(remedy.order() + ": " + words);
        if (!carriedOut) {
            inVain.add(remedy.order());
            return false;
        }
        Effect effect = watchEffect(done, deadline);
        recorder.effect(clock.instant(), effect);
        audit.append(by, "effect", remedy, effectWords(effect));
        tell("effect check: " + effectWords(effect).replace("`", ""));
        inVain.add(remedy.order());
        return effect instanceof Effect.Helped;
    }

    private static String words(Platform.Outcome outcome) {
        return switch (outcome) {
            case Platform.Outcome.Done(var took) ->
                String.format(java.util.Locale.ROOT, "It was in place after %.1f s.", took.toMillis() / 1000.0);
            case Platform.Outcome.Failed(var why) -> "It failed: " + why + ".";
            case Platform.Outcome.TimedOut(var limit, var step) ->
                "It was stopped after " + limit.toSeconds() + " s: " + step + ".";
        };
    }

    private static String effectWords(Effect effect) {
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

    /// A new process is watched for at least as long as the leak took to show in the old one: then its absence means
    /// something.
    private Effect watchEffect(Instant done, Instant deadline) throws InterruptedException {
        Duration showed = Duration.between(
                recorder.soFar().growth().since(), recorder.soFar().detected());
        Duration least = showed.compareTo(settings.leastEffect()) > 0 ? showed : settings.leastEffect();
        Instant end = done.plus(settings.longestEffect());
        tell("watches the effect for at least " + Figures.duration(least));
        Effect effect = new Effect.TooEarly("nothing was seen of the service after the act");
        while (clock.instant().isBefore(end) && clock.instant().isBefore(deadline)) {
            Optional<Watched> now = attention.look();
            attention.news();
            if (now.isPresent()) {
                Duration watched = now.get().soFar().watched();
                effect = judge(now.get().soFar(), watched);
                boolean decided = !(effect instanceof Effect.TooEarly) && watched.compareTo(least) >= 0;
                if (decided) {
                    return effect;
                }
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return effect;
    }

    /// By the series that grew, and by the culprit's own type: an act has helped when neither grows, and has not when
    /// the type still does. When something else grows, the matter is open.
    private Effect judge(Outcome after, Duration watched) {
        Series series = recorder.soFar().growth().series();
        Verdict verdict = after.diagnosis().judgements().stream()
                .filter(judgement -> judgement.series().equals(series))
                .findFirst()
                .map(Judgement::verdict)
                .orElseGet(() -> new Verdict.Unknown("the " + series.name() + " was not measured yet"));
        Effect effect = EffectCheck.judge(series, recorder.soFar().growth().rate(), verdict, watched);
        Optional<Accumulation> culprit = known.diagnosis().culprit().flatMap(Culprit::lead);
        return culprit.isPresent() ? byType(effect, culprit.get(), after) : effect;
    }

    private static Effect byType(Effect effect, Accumulation culprit, Outcome after) {
        if (!after.observations().typesSeen()) {
            return new Effect.TooEarly("too few class histograms since the act");
        }
        Optional<Accumulation> still = after.observations().growing().stream()
                .filter(growing -> growing.type().equals(culprit.type()))
                .findFirst();
        double rate = still.map(Accumulation::instancesPerHour).orElse(0.0);
        return switch (effect) {
            case Effect.Helped(var comparison) ->
                still.isEmpty()
                        ? new Effect.Helped(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("instances of `" + culprit.type() + "` still grow");
            case Effect.DidNotHelp(var comparison) ->
                still.isPresent()
                        ? new Effect.DidNotHelp(ofInstances(culprit, rate, comparison))
                        : new Effect.TooEarly("`" + culprit.type() + "` does not grow, but " + comparison.why());
            case Effect.TooEarly early -> early;
        };
    }

    private static Effect.Comparison ofInstances(Accumulation culprit, double after, Effect.Comparison comparison) {
        return new Effect.Comparison(
                new Series("number of instances of `" + culprit.type() + "`", Unit.COUNT),
                culprit.instancesPerHour(),
                after,
                comparison.watched(),
                comparison.series().name() + ": " + comparison.why());
    }

    private void tell(String sentence) {
        narrator.tell(clock.instant(), Voice.STAUNCH, sentence);
    }
}
