package io.staunch.diagnose.review;

import java.util.Arrays;

/// Where a value on the stack or in a variable can come from: the steps that made it, and parameters as
/// `-1 - slot`. In ascending order; nothing where no step of the method made it. Immutable.
final class Value {
    static final Value NOTHING = new Value();

    private final int[] origins;

    private Value(int... origins) {
        this.origins = origins;
    }

    static Value of(int origin) {
        return new Value(origin);
    }

    static int parameter(int slot) {
        return -1 - slot;
    }

    int[] origins() {
        return origins;
    }

    boolean has(int origin) {
        return Arrays.binarySearch(origins, origin) >= 0;
    }

    Value or(Value other) {
        if (other.origins.length == 0 || Arrays.equals(origins, other.origins)) {
            return this;
        }
        if (origins.length == 0) {
            return other;
        }
        int[] both = Arrays.copyOf(origins, origins.length + other.origins.length);
        System.arraycopy(other.origins, 0, both, origins.length, other.origins.length);
        return new Value(Arrays.stream(both).sorted().distinct().toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(origins, value.origins);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(origins);
    }

    @Override
    public String toString() {
        return Arrays.toString(origins);
    }
}
