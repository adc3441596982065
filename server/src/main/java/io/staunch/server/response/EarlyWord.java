package io.staunch.server.response;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Judgement;
import io.staunch.incident.Growth;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What is said of a leak while it is watched on, before it is worth an incident: that there may be one, and its
/// cause as soon as that is whole. Nobody is paged and nothing is done for it, and it is taken back when the leak is
/// not seen any more. Not thread-safe.
final class EarlyWord {
    /// The releases are asked anew no sooner.
    private static final Duration AGAIN = Duration.ofSeconds(2);
    /// A leak that was not seen for so long is taken back.
    private static final Duration CALM = Duration.ofSeconds(20);

    private final Service.Kind kind;
    private final Ledger ledger;
    private final Consumer<String> told;
    private Optional<Watched> suspected = Optional.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> calmSince = Optional.empty();
    private Optional<Said> said = Optional.empty();
    private Instant next = Instant.MIN;

    EarlyWord(Service.Kind kind, Ledger ledger, Consumer<String> told) {
        this.kind = kind;
        this.ledger = ledger;
        this.told = told;
    }

    /// A cause, and when it was told.
    record Said(Instant at, NamedCause cause) {}

    /// A process is called a leak now. What was said of another one counts no more.
    ///
    /// @param good releases that were watched without a leak, or named good
    void leaks(Watched process, Set<String> good, Instant now) throws InterruptedException {
        Known known = process.soFar();
        Judgement overall = known.diagnosis().overall();
        if (!(overall.verdict() instanceof Verdict.Leaking leaking)) {
            return;
        }
        calmSince = Optional.empty();
        if (suspected.filter(process::equals).isEmpty()) {
            suspected = Optional.of(process);
            since = Optional.of(now);
            said = Optional.empty();
            told.accept("may leak: " + leaking.why() + "; is watched on before an incident is opened");
        }
        Optional<Culprit> whole = known.diagnosis().culprit().filter(_ -> known.isWhole());
        if (whole.isPresent() && !now.isBefore(next)) {
            next = now.plus(AGAIN);
            Releases releases = ledger.releases();
            if (isTold(process, releases)) {
                Growth growth = Growth.of(overall.series(), leaking);
                say(NamedCause.of(whole.get(), kind, ledger.asTheyRan(releases), growth, good), now);
            }
        }
    }

    /// A deployment is announced when it is done: until then a release before it would be blamed.
    private static boolean isTold(Watched process, Releases releases) {
        List<String> placed = releases.inPlace().stream().map(Release::version).toList();
        return placed.isEmpty()
                || process.release()
                        .filter(version -> !placed.contains(version))
                        .isEmpty();
    }

    private void say(NamedCause cause, Instant now) {
        if (said.filter(before -> before.cause().agreesWith(cause)).isPresent()) {
            return;
        }
        told.accept(said.isPresent() ? "it would be another cause:" : "the cause would be:");
        cause.lines().forEach(told);
        said = Optional.of(new Said(now, cause));
    }

    /// This process is not called a leak now. A verdict that comes and goes is not taken back at once.
    void isCalm(Watched process, Instant now) {
        if (suspected.isEmpty()) {
            return;
        }
        boolean same = suspected.get().equals(process);
        Instant calm = calmSince.orElse(now);
        calmSince = Optional.of(calm);
        if (!same) {
            told.accept("the process that may have leaked has ended; the one after it is watched anew");
            forget();
        } else if (!now.isBefore(calm.plus(CALM))) {
            told.accept("takes it back: "
                    + process.soFar().diagnosis().overall().verdict().why());
            forget();
        }
    }

    /// When it was told that there may be a leak, unless it was taken back.
    Optional<Instant> since() {
        return since;
    }

    /// The cause, if it was told.
    Optional<Said> said() {
        return said;
    }

    /// An incident says the rest.
    void forget() {
        suspected = Optional.empty();
        since = Optional.empty();
        calmSince = Optional.empty();
        said = Optional.empty();
    }
}
