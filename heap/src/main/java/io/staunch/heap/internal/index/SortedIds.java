package io.staunch.heap.internal.index;

import java.util.Arrays;

/// Object ids as a sorted array with binary search: for dumps whose ids are no multiples of 8 or lie so far apart that
/// a bitmap would waste memory. 8 bytes an object, O(log n) a look-up.
public final class SortedIds implements ObjectIds {
    private final long[] ids;

    /// Takes the ids in any order, with duplicates; the array becomes this object's own.
    public SortedIds(long[] unsorted) {
        Arrays.parallelSort(unsorted);
        int kept = 0;
        for (int i = 0; i < unsorted.length; i++) {
            if (kept == 0 || unsorted[i] != unsorted[kept - 1]) {
                unsorted[kept++] = unsorted[i];
            }
        }
        this.ids = kept == unsorted.length ? unsorted : Arrays.copyOf(unsorted, kept);
    }

    @Override
    public int size() {
        return ids.length;
    }

    @Override
    public int indexOf(long id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? -1 : at;
    }

    @Override
    public long idOf(int index) {
        return ids[index];
    }

    @Override
    public long gapAfter(long id) {
        int at = Arrays.binarySearch(ids, id);
        return at + 1 >= ids.length ? Long.MAX_VALUE : ids[at + 1] - id;
    }
}
