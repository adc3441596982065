package io.staunch.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Orders the types that grow by how much blame they carry.
///
/// One leaked unit (a session, a connection, a trace) keeps alive one or a few of everything it consists of: its types
/// grow at whole multiples of one rate. The unit's own type grows at that rate and is the application's or a
/// library's; what it consists of follows. Without references this is all that histograms tell; a heap dump, which
/// knows what is an element and what is an element's innards, overrules it.
final class Blame {
    private static final int MOST_PARTS = 12;
    private static final double SAME_RATE = 0.06;
    /// A value of `java.lang` that has less than this share of the fastest growth, in number and in bytes, is beside
    /// the point: it holds nothing but one array of its own.
    private static final double BESIDE_THE_POINT = 0.02;

    private Blame() {}

    /// All of `growing`, the most to blame first.
    static List<GrowingType> order(List<GrowingType> growing) {
        Optional<GrowingType> unit = unit(growing);
        double instances = growing.stream()
                .mapToDouble(GrowingType::instancesPerHour)
                .max()
                .orElse(0);
        double bytes =
                growing.stream().mapToDouble(GrowingType::bytesPerHour).max().orElse(0);
        List<GrowingType> ordered = new ArrayList<>(growing);
        ordered.sort(Comparator.comparing(GrowingType::origin)
                .thenComparing(type -> unit.isPresent() && !sameRate(type, unit.orElseThrow()))
                .thenComparing(type -> isValue(type)
                        && type.instancesPerHour() < BESIDE_THE_POINT * instances
                        && type.bytesPerHour() < BESIDE_THE_POINT * bytes)
                .thenComparingInt(Blame::plumbing)
                .thenComparing(
                        Comparator.comparingDouble(GrowingType::bytesPerHour).reversed())
                .thenComparing(GrowingType::type));
        return ordered;
    }

    /// The type whose rate explains the most bytes as whole multiples of itself, among the application's and
    /// libraries' types.
    private static Optional<GrowingType> unit(List<GrowingType> growing) {
        List<GrowingType> candidates = growing.stream()
                .filter(type -> type.origin() == Origin.OWN && !type.type().endsWith("]"))
                .toList();
        return candidates.stream().max(Comparator.comparingDouble(unit -> explained(unit, growing)));
    }

    private static double explained(GrowingType unit, List<GrowingType> growing) {
        double bytes = 0;
        for (GrowingType type : growing) {
            double parts = type.instancesPerHour() / unit.instancesPerHour();
            double whole = Math.rint(parts);
            if (whole >= 1 && whole <= MOST_PARTS && Math.abs(parts - whole) <= SAME_RATE * whole) {
                // Many parts fit many rates by chance: the fewer are needed, the more an explanation is worth.
                bytes += (1 + type.bytesPerHour()) / (1 + 0.1 * (whole - 1));
            }
        }
        return bytes;
    }

    /// Whether one of the type comes with each of the unit.
    static boolean sameRate(GrowingType type, GrowingType unit) {
        return Math.abs(type.instancesPerHour() / unit.instancesPerHour() - 1) <= SAME_RATE;
    }

    /// How much a type is mere means of holding others: arrays most, then strings, entries of collections and
    /// collections; 0 for what has a meaning of its own.
    private static int plumbing(GrowingType growing) {
        String type = growing.type();
        if (type.endsWith("]")) {
            return 3;
        }
        if (growing.origin() == Origin.OWN) {
            return 0;
        }
        if (isTask(type) || type.equals("java.lang.Thread") || type.equals("java.lang.Class")) {
            return 0;
        }
        if (type.startsWith("java.util.")) {
            return isEntry(growing) ? 2 : 1;
        }
        return type.startsWith("java.lang.") ? 1 : 0;
    }

    /// Entries of the JDK's collections are nested in them.
    static boolean isEntry(GrowingType growing) {
        String type = growing.type();
        return type.startsWith("java.util.") && type.indexOf('$') > 0 && !type.endsWith("]") && !isTask(type);
    }

    /// Strings, boxed numbers and the like.
    private static boolean isValue(GrowingType growing) {
        String type = growing.type();
        return type.startsWith("java.lang.")
                && type.indexOf('.', "java.lang.".length()) < 0
                && !type.endsWith("]")
                && !isTask(type)
                && !type.startsWith("java.lang.Thread")
                && !type.equals("java.lang.Class");
    }

    /// Tasks of executors are nested types of the platform's, and still what piles up.
    private static boolean isTask(String type) {
        return type.endsWith("Task");
    }
}
