package io.staunch.diagnose;

import java.util.List;
import java.util.Optional;

/// What leaks. What is not known is empty, never guessed.
///
/// @param shape        the recognised way of leaking
/// @param accumulating the types that pile up, ordered by blame: the application's and libraries' before the JDK's
/// @param holder       from a root to the container that grows, one step a line; empty without a heap dump
/// @param allocatedAt  the frames that allocate it, innermost first
/// @param library      the owner as a package URL, such as `pkg:maven/group/artifact@version`
/// @param release      the release of the service that brought it
public record Culprit(
        Shape shape,
        List<Accumulation> accumulating,
        List<String> holder,
        List<String> allocatedAt,
        Optional<String> library,
        Optional<String> release,
        Optional<Advisory> advisory) {
    public Culprit {
        accumulating = List.copyOf(accumulating);
        holder = List.copyOf(holder);
        allocatedAt = List.copyOf(allocatedAt);
    }

    /// The type that carries most of the blame.
    public Optional<Accumulation> lead() {
        return accumulating.stream().findFirst();
    }

    /// The field outside the platform that holds what grows: the last such step of the path, without `static`; the
    /// first step if all of the path is the platform's.
    public Optional<String> ownHolder() {
        return holder.stream()
                .map(Culprit::bare)
                .filter(step -> !step.startsWith("java.") && !step.startsWith("jdk."))
                .reduce((earlier, later) -> later)
                .or(() -> holder.stream().findFirst().map(Culprit::bare));
    }

    private static String bare(String step) {
        return step.startsWith("static ") ? step.substring("static ".length()) : step;
    }

    /// Whether it says the same in all but the rates, which move a little with every look.
    public boolean isSameAs(Culprit other) {
        return shape == other.shape
                && lead().map(Accumulation::type).equals(other.lead().map(Accumulation::type))
                && holder.equals(other.holder)
                && allocatedAt.equals(other.allocatedAt)
                && library.equals(other.library)
                && release.equals(other.release);
    }

    /// Whether it blames the same: an owner that the other names too, and a type that piles up for both. Which of
    /// several types carries most of the blame, and where they are allocated, gets clearer with time.
    public boolean agreesWith(Culprit other) {
        boolean alike = accumulating.isEmpty() && other.accumulating.isEmpty();
        return library.equals(other.library)
                && (alike || names(other.lead(), accumulating) || names(lead(), other.accumulating));
    }

    private static boolean names(Optional<Accumulation> lead, List<Accumulation> types) {
        return lead.filter(found -> types.stream().anyMatch(type -> type.type().equals(found.type())))
                .isPresent();
    }

    public Culprit broughtBy(String thatRelease) {
        return new Culprit(shape, accumulating, holder, allocatedAt, library, Optional.of(thatRelease), advisory);
    }
}
