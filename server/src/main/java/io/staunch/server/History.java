package io.staunch.server;

import io.staunch.detect.Sample;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The samples of one series, oldest first: 16 bytes each. Bounded: when it is full every other sample goes, the latest
/// stays. Not thread-safe, but what [#view] gave is.
final class History {
    private static final int FEWEST = 64;

    private final int most;
    private long[] nanos = new long[FEWEST];
    private double[] values = new double[FEWEST];
    private int size;

    /// @param most samples, at least 64
    History(int most) {
        this.most = most;
    }

    void add(Sample sample) {
        if (size == most) {
            thin();
        } else if (size == nanos.length) {
            move(Math.min(most, 2 * size), 1);
        }
        Instant at = sample.at();
        nanos[size] = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        values[size] = sample.value();
        size++;
    }

    private void thin() {
        move(most, 2);
    }

    /// Into new arrays: the old ones may be in somebody's view.
    ///
    /// @param step takes every so-manieth, counted from the latest
    private void move(int length, int step) {
        long[] movedNanos = new long[length];
        double[] movedValues = new double[length];
        int moved = 0;
        for (int i = (size - 1) % step; i < size; i += step) {
            movedNanos[moved] = nanos[i];
            movedValues[moved] = values[i];
            moved++;
        }
        nanos = movedNanos;
        values = movedValues;
        size = moved;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    Sample getLast() {
        return new View(nanos, values, size).getLast();
    }

    /// As it is now, and stays so. Costs nothing: arrays are only added to where no view of them looks.
    List<Sample> view() {
        return new View(nanos, values, size);
    }

    private static final class View extends AbstractList<Sample> implements RandomAccess {
        private final long[] nanos;
        private final double[] values;
        private final int size;

        View(long[] nanos, double[] values, int size) {
            this.nanos = nanos;
            this.values = values;
            this.size = size;
        }

        @Override
        public Sample get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException("expected 0 to " + (size - 1) + ", found " + index);
            }
            long at = nanos[index];
            return new Sample(
                    Instant.ofEpochSecond(Math.floorDiv(at, 1_000_000_000L), Math.floorMod(at, 1_000_000_000L)),
                    values[index]);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
