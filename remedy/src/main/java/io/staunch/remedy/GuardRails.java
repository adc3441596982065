package io.staunch.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether an act may begin. Pure functions, asked in the order in which they should be told: what switches
/// everything off first, then what makes the act wrong, then what makes it too early or too much.
///
/// The budget and the "several services" rule bind acts that Staunch begins by itself; a person who has agreed to
/// the act has seen both.
public final class GuardRails {
    private GuardRails() {}

    /// The first rule that objects to the act.
    public static Clearance judge(Remedy remedy, Situation now) {
        return rulesFor(remedy, now)
                .flatMap(Optional::stream)
                .findFirst()
                .<Clearance>map(refused -> refused)
                .orElseGet(Clearance.Allowed::new);
    }

    private static Stream<Optional<Clearance.Refused>> rulesFor(Remedy remedy, Situation now) {
        return switch (remedy) {
            case Remedy.RollBack rollBack ->
                Stream.of(
                        killSwitch(now),
                        mode(remedy, now),
                        judgeIsSure(now),
                        implicated(rollBack, now),
                        anotherRelease(rollBack.from(), rollBack.to()),
                        attested(rollBack, now),
                        notOfARollback(rollBack, now),
                        oncePerRelease(rollBack, now),
                        reversible(rollBack, now),
                        alone(remedy, now),
                        evidenceFirst(now),
                        withinBudget(now));
            case Remedy.Restart restart ->
                Stream.of(
                        killSwitch(now),
                        mode(remedy, now),
                        judgeIsSure(now),
                        alone(remedy, now),
                        evidenceFirst(now),
                        withinBudget(now));
            case Remedy.Upgrade(var service, var from, var to, var fixed) -> forward(remedy, from, to, now);
            case Remedy.Patch(var service, var from, var to) -> forward(remedy, from, to, now);
        };
    }

    /// A release that never ran is attested by nobody: it goes in only when a person has agreed.
    private static Stream<Optional<Clearance.Refused>> forward(Remedy remedy, Release from, Release to, Situation now) {
        return Stream.of(
                killSwitch(now), mode(remedy, now), anotherRelease(from, to), agreed(remedy, now), evidenceFirst(now));
    }

    private static Optional<Clearance.Refused> killSwitch(Situation now) {
        return now.killSwitch()
                .map(by -> new Clearance.Refused(Rule.KILL_SWITCH, "All acts are switched off by " + by + "."));
    }

    private static Optional<Clearance.Refused> mode(Remedy remedy, Situation now) {
        return switch (now.mode()) {
            case OBSERVE -> refuse(Rule.MODE, remedy.service() + " is only observed (mode observe).");
            case RECOMMEND -> refuse(Rule.MODE, remedy.service() + " gets recommendations only (mode recommend).");
            case APPROVE ->
                now.approved() ? Optional.empty() : refuse(Rule.MODE, "Nobody has agreed to it yet (mode approve).");
            case AUTO -> Optional.empty();
        };
    }

    private static Optional<Clearance.Refused> judgeIsSure(Situation now) {
        return switch (now.judge()) {
            case Situation.Judge.Implicates implicates -> Optional.empty();
            case Situation.Judge.NoReleaseImplicated none -> Optional.empty();
            case Situation.Judge.Unsure(var why) ->
                refuse(Rule.JUDGE_UNSURE, "The judge is unsure, so Staunch waits: " + why);
            case Situation.Judge.Down(var why) ->
                refuse(Rule.JUDGE_UNSURE, "The judge gave no answer, so Staunch waits: " + why);
        };
    }

    private static Optional<Clearance.Refused> implicated(Remedy.RollBack rollBack, Situation now) {
        String version = rollBack.from().version();
        return switch (now.judge()) {
            case Situation.Judge.Implicates(var guilty) ->
                guilty.equals(version)
                        ? Optional.empty()
                        : refuse(Rule.NOT_IMPLICATED, "Release " + version + " is not implicated; " + guilty + " is.");
            case Situation.Judge.NoReleaseImplicated(var why) ->
                refuse(Rule.NOT_IMPLICATED, "No release explains the growth: " + why);
            case Situation.Judge.Unsure unsure ->
                refuse(Rule.NOT_IMPLICATED, "Release " + version + " is not implicated.");
            case Situation.Judge.Down down -> refuse(Rule.NOT_IMPLICATED, "Release " + version + " is not implicated.");
        };
    }

    private static Optional<Clearance.Refused> anotherRelease(Release from, Release to) {
        return from.version().equals(to.version())
                ? refuse(Rule.SAME_RELEASE, "Release " + to.version() + " is the one that runs.")
                : Optional.empty();
    }

    private static Optional<Clearance.Refused> attested(Remedy.RollBack rollBack, Situation now) {
        String version = rollBack.to().version();
        return now.attestedGood().contains(version)
                ? Optional.empty()
                : refuse(Rule.NOT_ATTESTED, "Release " + version + " was never attested good.");
    }

    private static Optional<Clearance.Refused> notOfARollback(Remedy.RollBack rollBack, Situation now) {
        return rollbacks(rollBack.service(), now)
                .reduce((earlier, later) -> later.at().isAfter(earlier.at()) ? later : earlier)
                .filter(last -> last.to().equals(rollBack.from().version()))
                .filter(last -> !deployedSince(last.at(), rollBack.service(), now))
                .map(last -> new Clearance.Refused(
                        Rule.ROLLBACK_OF_ROLLBACK,
                        "Release " + last.to() + " runs because of a rollback at " + last.at()
                                + "; a rollback is never rolled back."));
    }

    private static boolean deployedSince(Instant at, String service, Situation now) {
        return now.releases().changes().stream()
                .anyMatch(change -> change.kind() == RecordedChange.Kind.RELEASE
                        && change.service().equals(service)
                        && change.at().isAfter(at));
    }

    private static Optional<Clearance.Refused> oncePerRelease(Remedy.RollBack rollBack, Situation now) {
        String version = rollBack.from().version();
        return rollbacks(rollBack.service(), now)
                .filter(act -> act.from().equals(version))
                .findFirst()
                .map(act -> new Clearance.Refused(
                        Rule.ONCE_PER_RELEASE,
                        "Release " + version + " was rolled back once already, at " + act.at() + "."));
    }

    private static Optional<Clearance.Refused> reversible(Remedy.RollBack rollBack, Situation now) {
        List<RecordedChange> between = now.releases().irreversibleSince(rollBack.to());
        return between.isEmpty()
                ? Optional.empty()
                : refuse(
                        Rule.IRREVERSIBLE,
                        "The change " + between.getFirst().what() + " at "
                                + between.getFirst().at() + " can't be undone, and release "
                                + rollBack.to().version() + " is older than it.");
    }

    private static Optional<Clearance.Refused> alone(Remedy remedy, Situation now) {
        List<String> others = now.degrading().stream()
                .filter(service -> !service.equals(remedy.service()))
                .sorted()
                .toList();
        return others.isEmpty() || now.approved()
                ? Optional.empty()
                : refuse(
                        Rule.SEVERAL_SERVICES,
                        "Other services degrade at the same time (" + String.join(", ", others)
                                + "): the cause may lie outside " + remedy.service() + ".");
    }

    private static Optional<Clearance.Refused> evidenceFirst(Situation now) {
        return now.evidenceCaptured()
                ? Optional.empty()
                : refuse(Rule.EVIDENCE_FIRST, "The evidence that the act destroys is not yet recorded.");
    }

    private static Optional<Clearance.Refused> agreed(Remedy remedy, Situation now) {
        return now.approved()
                ? Optional.empty()
                : refuse(
                        Rule.NOT_ATTESTED,
                        "Release " + remedy.target().version() + " never ran, so a person has to agree to it.");
    }

    private static Optional<Clearance.Refused> withinBudget(Situation now) {
        Instant from = now.now().minus(now.budget().within());
        long spent =
                now.pastActs().stream().filter(act -> act.at().isAfter(from)).count();
        return spent < now.budget().acts() || now.approved()
                ? Optional.empty()
                : refuse(
                        Rule.BUDGET,
                        spent + " acts began within the last "
                                + minutes(now.budget().within()) + " minutes; the budget is "
                                + now.budget().acts() + ".");
    }

    private static Stream<PastAct> rollbacks(String service, Situation now) {
        return now.pastActs().stream()
                .filter(act -> act.isRollback() && act.service().equals(service));
    }

    private static Optional<Clearance.Refused> refuse(Rule rule, String why) {
        return Optional.of(new Clearance.Refused(rule, why.endsWith(".") ? why : why + "."));
    }

    private static long minutes(Duration duration) {
        return duration.toMinutes();
    }
}
