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

    private final Service.Kind kind;
    private final Ledger ledger;
    private final Consumer<String> told;
    private Optional<Watched> suspected = Optional.empty();
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
        if (suspected.filter(process::equals).isEmpty()) {
            suspected = Optional.of(process);
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
        told.accept(said.isPresent() ? "the cause is another:" : "the cause is known already:");
        cause.lines().forEach(told);
        said = Optional.of(new Said(now, cause));
    }

    /// This process does not leak.
    void isCalm(Watched process) {
        if (suspected.isPresent()) {
            told.accept(
                    suspected.get().equals(process)
                            ? "takes it back: "
                                    + process.soFar()
                                            .diagnosis()
                                            .overall()
                                            .verdict()
                                            .why()
                            : "the process that may have leaked has ended; the one after it is watched anew");
        }
        forget();
    }

    /// The cause, if it was told.
    Optional<Said> said() {
        return said;
    }

    /// An incident says the rest.
    void forget() {
        suspected = Optional.empty();
        said = Optional.empty();
    }
}
