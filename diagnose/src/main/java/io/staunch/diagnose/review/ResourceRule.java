package io.staunch.diagnose.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Files, sockets, statements and executors that a method opens for itself and does not close.
final class ResourceRule {
    private ResourceRule() {}

    static List<ReviewFinding.CodeLeak> review(CodeUnit unit, Flow flow) {
        List<Handling> handled = Openings.of(flow).stream()
                .map(opening -> new Handling(flow, unit.classes(), opening))
                .toList();
        List<ReviewFinding.CodeLeak> found = new ArrayList<>();
        for (Handling handling : handled) {
            if (!isParentsConcern(handling, handled)
                    && !isClosed(flow, handling.opening().parent())) {
                leak(unit, flow, handling).ifPresent(found::add);
            }
        }
        return found;
    }

    /// Whether its statement or connection is opened here too: closing that closes it, and where it is not closed, it
    /// is told instead.
    private static boolean isParentsConcern(Handling handling, List<Handling> handled) {
        return handled.stream()
                .anyMatch(other ->
                        other != handling && other.isOneOf(handling.opening().parent()));
    }

    /// Whether the method closes the statement or connection, wherever it came from.
    private static boolean isClosed(Flow flow, Value parent) {
        return Arrays.stream(parent.origins())
                .mapToObj(flow::uses)
                .flatMap(List::stream)
                .filter(use -> use.operand() == 0)
                .flatMap(use -> Call.of(flow.code().step(use.step())).stream())
                .anyMatch(call -> !call.isStatic() && call.name().equals("close"));
    }

    private static Optional<ReviewFinding.CodeLeak> leak(CodeUnit unit, Flow flow, Handling handling) {
        Opening opening = handling.opening();
        boolean closed = !handling.closes().isEmpty();
        if (!closed && !handling.handsOn().isEmpty()) {
            return Optional.empty();
        }
        if (!closed) {
            LeakRule rule = opening.kind() == Opening.Kind.EXECUTOR
                    ? LeakRule.EXECUTOR_NOT_SHUT_DOWN
                    : LeakRule.RESOURCE_NOT_CLOSED;
            String verb = opening.kind() == Opening.Kind.EXECUTOR ? "shuts it down" : "closes it";
            return Optional.of(unit.leak(
                    rule,
                    opening.confidence(),
                    flow.code(),
                    opening.origin(),
                    "makes a " + opening.type() + " and never " + verb));
        }
        if (new OpenPaths(flow, handling, false).leavesByReturn()) {
            return Optional.of(unit.leak(
                    LeakRule.RESOURCE_NOT_CLOSED_ON_A_PATH,
                    Confidence.LIKELY,
                    flow.code(),
                    opening.origin(),
                    "opens a " + opening.type() + " and can return without closing it"));
        }
        OpenPaths paths = new OpenPaths(flow, handling, true);
        return paths.leavesByThrow() || paths.leavesByReturn()
                ? Optional.of(unit.leak(
                        LeakRule.RESOURCE_NOT_CLOSED_ON_ERROR,
                        Confidence.LIKELY,
                        flow.code(),
                        opening.origin(),
                        "opens a " + opening.type() + " that stays open after an exception"))
                : Optional.empty();
    }
}
