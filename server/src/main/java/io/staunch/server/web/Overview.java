package io.staunch.server.web;

import io.staunch.collect.Cost;
import io.staunch.detect.Verdict;
import io.staunch.server.Outcome;
import io.staunch.server.OutcomeForm;
import io.staunch.server.WatchedTarget;
import io.staunch.server.store.StoreHealth;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All targets, the worst first. Asks for them at most once a second, whoever looks. Safe for several threads.
final class Overview {
    private static final long FRESH_MILLIS = 1_000;

    private static final Comparator<WatchedTarget> WORST_FIRST = Comparator.<WatchedTarget>comparingInt(
                    target -> target.outcome().map(Overview::rank).orElse(9))
            .thenComparing(target -> target.outcome().flatMap(Overview::end).orElse(Instant.MAX))
            .thenComparing(target -> target.target().name())
            .thenComparing(target -> target.target().instance());

    private final Shown shown;
    private final Own own;
    private Optional<StoreHealth> store = Optional.empty();
    private List<String> warnings = List.of();
    private List<WatchedTarget> targets = List.of();
    private long askedMillis = Long.MIN_VALUE / 2;
    /// When the targets were asked for that [#written] is of.
    private long writtenMillis = Long.MIN_VALUE;

    private Written written = Written.of(View.NOTHING);

    /// @param answer the view, as `staunch.targets/1`
    record Written(View view, Response answer) {
        static Written of(View view) {
            return new Written(view, Response.json(view.form()));
        }
    }

    /// What is shown at one moment.
    ///
    /// @param own     what the daemon itself takes; empty where its system does not tell
    /// @param cost    of all targets together
    /// @param targets in brief, in their order
    record View(
            String at,
            List<String> warnings,
            Map<String, Object> own,
            Map<String, Object> cost,
            List<Map<String, Object>> targets) {
        static final View NOTHING = new View("", List.of(), Map.of(), Map.of(), List.of());

        /// As `staunch.targets/1`.
        Map<String, Object> form() {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("schema", "staunch.targets/1");
            form.put("at", at);
            form.put("warnings", warnings);
            if (!own.isEmpty()) {
                form.put("own", own);
            }
            form.put("cost", cost);
            form.put("targets", targets);
            return form;
        }
    }

    /// @param own the caller's to close
    Overview(Shown shown, Own own) {
        this.shown = shown;
        this.own = own;
    }

    synchronized List<WatchedTarget> targets() {
        long now = System.nanoTime() / 1_000_000;
        if (now - askedMillis >= FRESH_MILLIS) {
            askedMillis = now;
            store = shown.store();
            warnings = Stream.concat(store.stream().flatMap(Overview::warnings), shown.warnings().stream())
                    .toList();
            targets = shown.targets().stream().sorted(WORST_FIRST).toList();
        }
        return targets;
    }

    /// How the store did when it was asked last.
    synchronized Optional<StoreHealth> store() {
        return store;
    }

    /// Written at most once a second however many ask; the same object until then.
    synchronized Written written() {
        List<WatchedTarget> now = targets();
        if (writtenMillis != askedMillis) {
            writtenMillis = askedMillis;
            Instant at = Instant.now();
            View view = new View(
                    at.toString(),
                    warnings,
                    own.form(at).orElse(Map.of()),
                    OutcomeForm.cost(now.stream()
                            .flatMap(target -> target.outcome().stream())
                            .map(Outcome::cost)
                            .reduce(Cost.NONE, Cost::plus)),
                    now.stream().map(TargetForm::brief).toList());
            written = Written.of(view);
        }
        return written;
    }

    private static Stream<String> warnings(StoreHealth store) {
        Optional<String> problem =
                store.problem().map(what -> "What is seen is not kept now and waits in memory: " + what);
        Optional<String> lost = store.lost() == 0
                ? Optional.empty()
                : Optional.of(store.lost() + " readings were not kept: the store was away for too long.");
        return Stream.concat(problem.stream(), lost.stream());
    }

    private static int rank(Outcome outcome) {
        return switch (outcome.diagnosis().overall().verdict()) {
            case Verdict.Leaking _ -> 0;
            case Verdict.Growing _ -> 1;
            case Verdict.Unknown _ -> 2;
            case Verdict.Steady _ -> 3;
        };
    }

    private static Optional<Instant> end(Outcome outcome) {
        return outcome.diagnosis().overall().verdict() instanceof Verdict.Leaking leaking
                ? leaking.exhaustion().map(Verdict.Exhaustion::expected)
                : Optional.empty();
    }
}
