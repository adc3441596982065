package io.staunch.verify.detect;

import java.util.ArrayList;
import java.util.List;

/// A shape of either generator.
interface Subject {
    String name();

    boolean leaks();

    /// One series of this shape.
    ///
    /// @param earlier an earlier life of the same service, without its leak
    Recording draw(long seed, boolean earlier);

    /// The shapes that were asked for.
    ///
    /// @param asked `published`, `own`, `all` (both of these), `wild`, `odd`, `held` (those of the odd ones that
    ///              nothing is tuned with), or an expression that names match
    static List<Subject> named(String asked) {
        List<Subject> subjects = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            boolean meant = switch (asked) {
                case "all" -> true;
                case "own" -> shape.own();
                case "published" -> !shape.own();
                default -> shape.name().matches(asked);
            };
            if (meant) {
                subjects.add(shape);
            }
        }
        for (WildShape shape : WildShape.values()) {
            if (asked.equals("wild") || shape.name().matches(asked)) {
                subjects.add(shape);
            }
        }
        for (OddShape shape : OddShape.values()) {
            if (asked.equals(shape.heldOut() ? "held" : "odd") || shape.name().matches(asked)) {
                subjects.add(shape);
            }
        }
        return subjects;
    }
}
