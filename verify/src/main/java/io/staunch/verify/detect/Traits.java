package io.staunch.verify.detect;

/// What makes one subject of a shape differ from the next: numbers from 0 to 1, drawn once, which each shape reads in
/// its
/// own ranges.
final class Traits {
    private final double[] drawn;

    /// @param count of the numbers
    Traits(int count, Draw structure) {
        drawn = new double[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = structure.between(0, 1);
        }
    }

    double get(int which) {
        return drawn[which];
    }

    double in(int which, double low, double high) {
        return low + (high - low) * drawn[which];
    }

    /// Evenly on a logarithmic scale.
    double logIn(int which, double low, double high) {
        return low * Math.pow(high / low, drawn[which]);
    }
}
