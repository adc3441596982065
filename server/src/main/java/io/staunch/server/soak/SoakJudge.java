package io.staunch.server.soak;

import io.staunch.collect.Target;
import io.staunch.detect.Comparison;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import java.util.Optional;

/// Draws the answer from both sides. A candidate that leaks fails, whatever its baseline does; one that does not passes
/// only if a leak would have been seen and nothing speaks against it.
final class SoakJudge {
    private static final String LONGER = "Soak for longer (a larger --for) before you decide.";

    private final Soaked.Run candidate;
    private final Optional<Soaked.Run> baseline;
    private final Optional<Comparison.Answer> comparison;
    private final Optional<SmallestLeak> smallest;
    private final Optional<String> tooShort;
    private final boolean interrupted;

    /// @param tooShort why it was watched for much less than asked
    SoakJudge(
            Soaked.Run candidate,
            Optional<Soaked.Run> baseline,
            Optional<Comparison.Answer> comparison,
            Optional<SmallestLeak> smallest,
            Optional<String> tooShort,
            boolean interrupted) {
        this.candidate = candidate;
        this.baseline = baseline;
        this.comparison = comparison;
        this.smallest = smallest;
        this.tooShort = tooShort;
        this.interrupted = interrupted;
    }

    SoakAnswer answer() {
        return switch (candidate.verdict()) {
            case Verdict.Leaking leaking -> failed(leaking);
            case Verdict.Growing growing -> withoutLeak(growing);
            case Verdict.Steady steady -> withoutLeak(steady);
            case Verdict.Unknown(var why) ->
                worse().<SoakAnswer>map(worse -> new SoakAnswer.Failed(
                                "the candidate " + worse.why() + ", though by itself it could not be judged: " + why,
                                "Do not release it: something of it grows that the baseline does not have."))
                        .filter(failed -> !isCutShort())
                        .orElseGet(() -> undecided("the candidate could not be judged: " + why));
        };
    }

    private boolean isCutShort() {
        return interrupted || candidate.died().isPresent() || tooShort.isPresent();
    }

    private SoakAnswer failed(Verdict.Leaking leaking) {
        String piles =
                lead(candidate).map(lead -> "; what piles up is " + lead.type()).orElse("");
        if (baseline.isEmpty()) {
            return new SoakAnswer.Failed(
                    "the candidate leaks: " + leaking.why() + piles, "Do not release it: " + fix());
        }
        return switch (baseline.get().verdict()) {
            case Verdict.Leaking before -> bothLeak(leaking, before, piles);
            case Verdict.Growing _, Verdict.Steady _ ->
                new SoakAnswer.Failed(
                        "the candidate leaks and the baseline does not: " + leaking.why() + piles,
                        "Do not release it: " + fix());
            case Verdict.Unknown(var why) ->
                new SoakAnswer.Failed(
                        "the candidate leaks: " + leaking.why() + piles
                                + "; whether the baseline does could not be told: " + why,
                        "Do not release it: " + fix());
        };
    }

    private SoakAnswer bothLeak(Verdict.Leaking leaking, Verdict.Leaking before, String piles) {
        String leaks = "the candidate leaks: " + leaking.why() + piles;
        Optional<String> other = lead(baseline.orElseThrow())
                .map(Accumulation::type)
                .filter(type -> lead(candidate)
                        .filter(lead -> !lead.type().equals(type))
                        .isPresent());
        if (other.isPresent()) {
            return new SoakAnswer.Failed(
                    leaks + "; the baseline leaks, too, but something else: " + other.get(),
                    "Do not release it: " + fix());
        }
        if (isFaster(leaking, before)) {
            return new SoakAnswer.Failed(
                    leaks + "; so does the baseline, but slower: by " + rate(baseline.orElseThrow(), before),
                    "Do not release it: " + fix());
        }
        boolean slower = isFaster(before, leaking);
        return new SoakAnswer.Failed(
                leaks + "; so does the baseline, "
                        + (slower ? "and faster: by " + rate(baseline.orElseThrow(), before) : "at the same pace")
                        + ": this release did not bring it",
                "Releasing it makes nothing worse, but it leaks: " + fix());
    }

    /// Both intervals lie apart, or the comparison says so.
    private boolean isFaster(Verdict.Leaking one, Verdict.Leaking other) {
        boolean compared = one.equals(candidate.verdict()) && worse().isPresent();
        return compared || one.rate().low() > other.rate().high();
    }

    private static String rate(Soaked.Run run, Verdict.Leaking leaking) {
        Judgement overall = run.outcome().diagnosis().overall();
        return Figures.rate(overall.series(), leaking.rate().perHour());
    }

    private SoakAnswer withoutLeak(Verdict verdict) {
        String series = candidate.outcome().diagnosis().overall().series().name();
        String says = series + " " + verdict.why();
        if (isCutShort()) {
            return undecided("no leak so far: " + says);
        }
        if (worse().isPresent()) {
            return undecided("the candidate does not leak by itself (" + says + "), yet it "
                    + worse().get().why());
        }
        return smallest.<SoakAnswer>map(
                        leak -> new SoakAnswer.Passed("no leak: " + says + "; " + leak.sentence(), passed(leak)))
                .orElseGet(() -> undecided("no leak of any size could have been seen in this time (" + says + ")"));
    }

    private SoakAnswer undecided(String why) {
        if (interrupted) {
            return new SoakAnswer.Undecided("it was interrupted; " + why, LONGER);
        }
        if (candidate.died().isPresent()) {
            return new SoakAnswer.Undecided(
                    "the candidate ended " + candidate.died().get() + "; " + why, "Find out why it ended.");
        }
        return tooShort.map(early -> new SoakAnswer.Undecided(
                        early + "; " + why, "Give a load that lasts as long as --for, in a loop if need be."))
                .orElseGet(() -> new SoakAnswer.Undecided(why, LONGER));
    }

    private static String passed(SmallestLeak leak) {
        return leak.untilLimit()
                .map(time -> "Release it, and watch it for slower leaks: those take longer than "
                        + Figures.duration(time) + " to reach the limit.")
                .orElse("Release it, and watch it for slower leaks.");
    }

    private Optional<Comparison.Answer.Worse> worse() {
        return comparison.filter(Comparison.Answer.Worse.class::isInstance).map(Comparison.Answer.Worse.class::cast);
    }

    private static Optional<Accumulation> lead(Soaked.Run run) {
        return run.outcome().diagnosis().culprit().flatMap(Culprit::lead);
    }

    /// What is to be done about the leak.
    private String fix() {
        Optional<Culprit> culprit = candidate.outcome().diagnosis().culprit();
        Optional<String> holder = culprit.flatMap(Culprit::ownHolder);
        if (holder.isPresent()) {
            return "fix what never lets go at " + holder.get() + ".";
        }
        return culprit.flatMap(Culprit::lead)
                .map(lead -> "find out what never lets go of " + lead.type()
                        + (candidate.outcome().target().kind() == Target.Kind.JVM
                                ? " (--dump tells who holds it)."
                                : "."))
                .orElse("find out what grows.");
    }
}
