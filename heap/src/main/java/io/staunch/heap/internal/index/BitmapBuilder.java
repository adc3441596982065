package io.staunch.heap.internal.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Collects ids into pages of bits, from several threads at once, each through its own [Marker], whose pages are its
/// own until it has finished. Gives up (see [#build()]) when ids are odd or too scattered for a bitmap.
public final class BitmapBuilder {
    private static final int MOST_SPAN = 1 << 22;

    private final Map<Long, long[]> pages = new HashMap<>();
    private final Set<Long> numbers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean unfit = new AtomicBoolean();
    private final long mostPages;

    /// At most `mostPages` pages of 32 KiB are taken by each marker.
    public BitmapBuilder(long mostPages) {
        this.mostPages = mostPages;
    }

    /// One thread's view.
    public final class Marker {
        private final Map<Long, long[]> own = new HashMap<>();
        private long page = -1;
        private long[] words = new long[0];
        private long allBits;

        /// Adds an id; adding it again changes nothing.
        public void add(long id) {
            long wanted = id >>> BitmapIds.PAGE_SHIFT;
            if (wanted != page) {
                turnTo(wanted);
            }
            allBits |= id;
            words[BitmapIds.wordOf(id)] |= 1L << (id >>> 3);
        }

        private void turnTo(long wanted) {
            if (numbers.size() >= mostPages || (allBits & 7) != 0) {
                unfit.set(true);
            }
            page = wanted;
            words = unfit.get() ? new long[BitmapIds.LONGS_PER_PAGE] : own.computeIfAbsent(wanted, this::make);
        }

        private long[] make(long number) {
            numbers.add(number);
            return new long[BitmapIds.LONGS_PER_PAGE];
        }

        /// To be called once after the last id.
        public void finish() {
            if ((allBits & 7) != 0) {
                unfit.set(true);
            }
            synchronized (pages) {
                own.forEach((number, words) -> pages.merge(number, words, Marker::union));
            }
            own.clear();
        }

        private static long[] union(long[] all, long[] more) {
            for (int w = 0; w < all.length; w += 2) {
                all[w] |= more[w];
            }
            return all;
        }
    }

    public Marker marker() {
        return new Marker();
    }

    /// The finished index; empty when the ids do not suit a bitmap.
    public Optional<BitmapIds> build() {
        long[] order =
                pages.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        if (unfit.get() || (order.length > 0 && order[order.length - 1] - order[0] >= MOST_SPAN)) {
            return Optional.empty();
        }
        if (order.length == 0) {
            return Optional.of(new BitmapIds(0, new long[0][]));
        }
        long[] @Nullable [] found = new long[(int) (order[order.length - 1] - order[0]) + 1][];
        for (long number : order) {
            found[(int) (number - order[0])] = pages.remove(number);
        }
        return Optional.of(new BitmapIds(order[0], found));
    }
}
