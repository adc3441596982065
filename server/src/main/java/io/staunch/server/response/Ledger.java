package io.staunch.server.response;

import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks a service's platform for its releases. A platform that gives no answer is told once and knows no release
/// meanwhile, so that nothing is done. Not thread-safe.
final class Ledger {
    private static final Duration LONGEST_DEPLOYMENT = Duration.ofMinutes(10);

    private final Attention attention;
    private final Consumer<String> told;
    private final Map<String, Instant> ran = new HashMap<>();
    private String problem = "";

    Ledger(Attention attention, Consumer<String> told) {
        this.attention = attention;
        this.told = told;
    }

    /// Takes notice of a process: its release runs since it began, whenever that is announced.
    void ran(Watched process) {
        process.release()
                .ifPresent(version ->
                        ran.merge(version, process.started(), (one, other) -> one.isBefore(other) ? one : other));
    }

    /// The same releases, in place from when their first process began: many a deployment is announced when it is done,
    /// and what it brought may have begun to grow by then.
    Releases asTheyRan(Releases announced) {
        return new Releases(
                announced.service(),
                announced.known(),
                announced.changes().stream().map(this::asItRan).toList());
    }

    private RecordedChange asItRan(RecordedChange change) {
        boolean ours = change.putsReleaseInPlace()
                && change.service().equals(attention.service().name());
        return Optional.ofNullable(ran.get(change.what()))
                .filter(_ -> ours)
                .filter(began ->
                        began.isBefore(change.at()) && began.isAfter(change.at().minus(LONGEST_DEPLOYMENT)))
                .map(began -> new RecordedChange(
                        began, change.kind(), change.service(), change.what(), change.irreversible(), change.source()))
                .orElse(change);
    }

    Releases releases() throws InterruptedException {
        Service service = attention.service();
        try {
            Releases releases = service.platform().releases(service.name());
            problem = "";
            return releases;
        } catch (PlatformFailed e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(problem)) {
                problem = why;
                told.accept("the releases of " + service.name() + " can't be asked, so nothing is done: " + why);
            }
            return new Releases(service.name(), List.of(), List.of());
        }
    }
}
