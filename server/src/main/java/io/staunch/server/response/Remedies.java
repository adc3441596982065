package io.staunch.server.response;

import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import io.staunch.incident.Attempt;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.Clearance;
import io.staunch.remedy.Effect;
import io.staunch.remedy.GuardRails;
import io.staunch.remedy.LoggedAct;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Goes from act to act until one is seen to help: each allowed by the guard rails and, unless the mode is
/// `auto`, agreed to by a person. What people do meanwhile by themselves is noticed, and its effect checked too. By
/// itself Staunch does nothing while it is undecided whether the act before helped.
final class Remedies {
    private static final Duration UNTIL_SEEN = Duration.ofMinutes(1);

    private final OpenIncident incident;
    private final Board board;
    private final CauseSearch search;
    private final Growth growth;
    private final Circumstances circumstances;
    private final EffectChecks effects;
    private final ForeignActs foreign;
    private final InstantSource clock = InstantSource.system();
    private final Set<String> inVain = new HashSet<>();
    private Optional<Instant> calmSince = Optional.empty();
    private Optional<Agreement> toComplete = Optional.empty();
    private Optional<Pending> pending = Optional.empty();
    private String recommended = "";

    /// @param foreign what others do
    Remedies(
            OpenIncident incident,
            Board board,
            CauseSearch search,
            Growth growth,
            Circumstances circumstances,
            EffectChecks effects,
            ForeignActs foreign) {
        this.incident = incident;
        this.board = board;
        this.search = search;
        this.growth = growth;
        this.circumstances = circumstances;
        this.effects = effects;
        this.foreign = foreign;
    }

    /// How it ended.
    sealed interface End {
        /// An effect check has seen the growth ended.
        record Recovered() implements End {}

        record TimeOver() implements End {}

        /// Nothing was done, and the leak is not seen any more.
        record Gone(String why) implements End {}
    }

    /// An act that a crash left unfinished.
    ///
    /// @param begun the line on its intention
    /// @param how   the line on what was found afterwards
    record Unfinished(AuditLine begun, AuditLine how) {}

    /// An act whose effect is still to be seen.
    private record Pending(Remedy remedy, String by, Instant done) {}

    /// Until it has ended, in one way or another.
    End untilEnded(Instant deadline) throws IOException, InterruptedException {
        if (pending.isPresent()
                && effectOf(
                        pending.get().remedy(),
                        pending.get().by(),
                        pending.get().done(),
                        deadline)) {
            return new End.Recovered();
        }
        while (clock.instant().isBefore(deadline)) {
            Optional<Watched> now = incident.attention().look();
            if (foreign.follow(deadline) || foreign.followReplacement(now, deadline) || effects.haveHelpedSince()) {
                return new End.Recovered();
            }
            nameLate(now);
            Optional<End> gone = gone(now);
            if (gone.isPresent()) {
                return gone.get();
            }
            if (step(deadline)) {
                return new End.Recovered();
            }
        }
        return new End.TimeOver();
    }

    /// Weighs what could be done, and does it if it may.
    ///
    /// @return true if it helped
    private boolean step(Instant deadline) throws IOException, InterruptedException {
        Releases releases = incident.releases();
        Options options = options(releases, isAskable());
        recommend(releases, options);
        Optional<Agreement> agreement = agreement(options, releases);
        if (agreement.isEmpty()) {
            rest();
            return false;
        }
        return act(agreement.get(), releases, deadline);
    }

    private void rest() throws InterruptedException {
        Thread.sleep(incident.desk().settings().askEvery().toMillis());
    }

    private record Agreement(Remedy remedy, String by, boolean byPerson) {}

    /// Whether options are weighed as a person could agree to them.
    private boolean isAskable() {
        return incident.service().mode() == Mode.APPROVE;
    }

    private Options options(Releases releases, boolean approved) throws IOException {
        return Options.weigh(
                Options.candidates(releases, incident.good(), incident.cause().culprit()),
                inVain,
                circumstances.now(releases, approved));
    }

    private Optional<Agreement> agreement(Options options, Releases releases) throws IOException, InterruptedException {
        if (toComplete.isPresent()) {
            Optional<Agreement> now = toComplete;
            toComplete = Optional.empty();
            return now;
        }
        return switch (incident.service().mode()) {
            case OBSERVE, RECOMMEND, APPROVE -> asked(options);
            case AUTO -> {
                Optional<Agreement> own = options.allowed().stream()
                        .findFirst()
                        .filter(_ -> !effects.areUndecided())
                        .map(remedy -> new Agreement(remedy, "staunch", false));
                yield own.isPresent() ? own : asked(options(releases, true));
            }
        };
    }

    private Optional<Agreement> asked(Options options) throws InterruptedException {
        return switch (incident.desk().onCall().decide(incident.service().name(), options.allowed())) {
            case OnCall.Answer.Wait() -> Optional.empty();
            case OnCall.Answer.Agreed(var remedy, var by) -> Optional.of(new Agreement(remedy, by, true));
        };
    }

    /// What it would do by itself stands while the leak is not seen for a moment.
    private void recommend(Releases releases, Options options) throws IOException {
        Options open = switch (incident.service().mode()) {
            case RECOMMEND -> options(releases, true);
            case OBSERVE, APPROVE, AUTO -> options;
        };
        boolean waits = open.allowed().isEmpty() && circumstances.isUnsure();
        String advice = open.advice();
        if (incident.service().mode() != Mode.OBSERVE && !waits && !advice.equals(recommended)) {
            recommended = advice;
            incident.recorder().note(clock.instant(), Kind.ADVICE, "Recommended: " + advice + ".", open.refused());
            incident.tell("recommends: " + advice);
        }
    }

    private boolean act(Agreement agreement, Releases releases, Instant deadline)
            throws IOException, InterruptedException {
        Remedy remedy = agreement.remedy();
        String by = agreement.by();
        boolean mayAgree = incident.service().mode().compareTo(Mode.APPROVE) >= 0;
        Situation situation = circumstances.now(releases, agreement.byPerson() && mayAgree);
        if (GuardRails.judge(remedy, situation) instanceof Clearance.Refused(var rule, var why)) {
            incident.audit(by, "refused", remedy, why);
            incident.tell("refuses to " + remedy.order() + " (" + rule.id() + "): " + why);
            rest();
            return false;
        }
        effects.giveUp();
        incident.desk().onCall().withdraw(incident.service().name());
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
        return carriedOut && effectOf(remedy, by, done, deadline);
    }

    private boolean effectOf(Remedy remedy, String by, Instant done, Instant deadline) throws InterruptedException {
        boolean helped = effects.helped(remedy, by, done, deadline);
        foreign.accountFor(incident.attention().look());
        return helped;
    }

    /// What piles up was not known when the incident was opened, or the process that was looked at then has gone.
    private void nameLate(Optional<Watched> now) throws IOException, InterruptedException {
        if (incident.cause().culprit().isEmpty() && now.isPresent()) {
            Known known = now.get().soFar();
            if (known.diagnosis().overall().isLeak()
                    && known.diagnosis()
                            .culprit()
                            .flatMap(culprit -> culprit.lead())
                            .isPresent()) {
                board.by(known);
                search.name(growth, known);
            }
        }
    }

    /// The leak is not seen any more although nobody did anything, or there is nothing left to look after.
    private Optional<End> gone(Optional<Watched> now) {
        Optional<Judgement> calm =
                now.map(watched -> watched.soFar().diagnosis().overall()).filter(judgement -> !judgement.isLeak());
        if (now.isPresent() && calm.isEmpty()) {
            calmSince = Optional.empty();
            return Optional.empty();
        }
        Instant since = calmSince.orElseGet(clock::instant);
        calmSince = Optional.of(since);
        if (clock.instant().isBefore(since.plus(incident.desk().settings().gone()))) {
            return Optional.empty();
        }
        boolean acted = incident.recorder().soFar().attempts().stream().anyMatch(Attempt::done);
        if (calm.isEmpty()) {
            return Optional.of(new End.TimeOver());
        }
        String why = calm.get().verdict().why();
        if (!acted) {
            return Optional.of(new End.Gone("it is not seen any more, and nothing was done: " + why));
        }
        incident.recorder()
                .effect(
                        clock.instant(),
                        new Effect.Helped(new Effect.Comparison(
                                growth.series(),
                                growth.rate().perHour(),
                                0,
                                Duration.between(since, clock.instant()),
                                why)));
        return Optional.of(new End.Recovered());
    }

    /// The process that is looked at from now on is accounted for.
    void replaced(Optional<Watched> patient) {
        foreign.accountFor(patient);
    }

    /// Takes up what was done before we were started anew. An act that was found in place although the process is older
    /// than it was done by half: the restart is made good.
    void resume(Incident open, List<Unfinished> unfinished) throws IOException, InterruptedException {
        open.attempts().stream().filter(Attempt::done).map(Attempt::order).forEach(inVain::add);
        foreign.resume(open);
        open.attempts().stream()
                .reduce((earlier, later) -> later)
                .filter(last -> last.done() && isOpen(last))
                .ifPresent(last -> pending = Optional.of(new Pending(remedy(open, last), last.agreedBy(), last.at())));
        Optional<Watched> runs = unfinished.isEmpty() ? Optional.empty() : processSoon();
        for (Unfinished act : unfinished) {
            AuditLine begun = act.begun();
            Optional<Remedy> remedy = remedy(begun);
            if (remedy.isPresent() && begun.at().isAfter(open.detected())) {
                boolean done = act.how().what().equals("done");
                inVain.add(remedy.get().order());
                incident.recorder()
                        .attempted(
                                clock.instant(),
                                remedy.get(),
                                begun.who(),
                                act.how().detail() + ".",
                                done);
                boolean half = runs.filter(watched -> watched.started().isBefore(begun.at()))
                        .isPresent();
                if (done && half) {
                    Remedy restart =
                            new Remedy.Restart(begun.service(), remedy.get().target());
                    toComplete = Optional.of(new Agreement(restart, begun.who(), true));
                } else if (done) {
                    pending = Optional.of(new Pending(remedy.get(), begun.who(), clock.instant()));
                }
            }
        }
    }

    private static boolean isOpen(Attempt attempt) {
        return attempt.effect()
                .filter(seen -> seen.result() != Attempt.Result.TOO_EARLY)
                .isEmpty();
    }

    /// Whoever has just been started does not see at once what runs.
    private Optional<Watched> processSoon() throws InterruptedException {
        Instant end = clock.instant().plus(UNTIL_SEEN);
        Optional<Watched> now = incident.attention().look();
        while (now.isEmpty() && clock.instant().isBefore(end)) {
            Thread.sleep(incident.desk().settings().lookEvery().toMillis());
            now = incident.attention().look();
        }
        return now;
    }

    private static Remedy remedy(Incident open, Attempt last) {
        Release to = release(open.service(), last.to());
        return last.act().equals("restart")
                ? new Remedy.Restart(open.service(), to)
                : new Remedy.Patch(open.service(), open.brokenBy().orElse(to), to);
    }

    private static Release release(String service, String version) {
        return new Release(service, version, Optional.empty(), List.of());
    }

    private static Optional<Remedy> remedy(AuditLine line) {
        Release from = release(line.service(), line.from());
        Release to = release(line.service(), line.to());
        return switch (line.act()) {
            case "rollback" -> Optional.of(new Remedy.RollBack(line.service(), from, to));
            case "restart" -> Optional.of(new Remedy.Restart(line.service(), to));
            case "upgrade", "patch" -> Optional.of(new Remedy.Patch(line.service(), from, to));
            default -> Optional.empty();
        };
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
