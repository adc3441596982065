package io.staunch.verify.detect;

import java.util.Random;

/// Seeded draws.
final class Draw {
    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    double logBetween(double low, double high) {
        return Math.exp(between(Math.log(low), Math.log(high)));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    double normal() {
        return random.nextGaussian();
    }
}
