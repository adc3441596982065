package io.staunch.heap.internal.index;

import java.util.Arrays;

/// Object ids as a bitmap over the address range, with a running count before each word, so that an id resolves to
/// its rank by two table look-ups and one population count. Addresses are multiples of 8, so a bit stands for 8 bytes.
/// Only pages of 1 MiB that hold an object take memory: 24 KiB each, about 1.2 bytes an object in a full heap.
/// (Rank in a bit vector: Jacobson 1989.)
public final class BitmapIds implements ObjectIds {
    static final int PAGE_SHIFT = 20;
    static final int WORDS_PER_PAGE = 1 << (PAGE_SHIFT - 9);

    private final long firstPage;
    private final int[] pageToSlot;
    private final long[] words;
    private final int[] before;
    private final long[] slotToPage;
    private final int size;

    /// `words` holds the pages one after the other in ascending address order; `slotToPage` says which page each is.
    BitmapIds(long[] slotToPage, long[] words) {
        this.slotToPage = slotToPage;
        this.words = words;
        this.firstPage = slotToPage.length == 0 ? 0 : slotToPage[0];
        int span = slotToPage.length == 0 ? 0 : Math.toIntExact(slotToPage[slotToPage.length - 1] - firstPage + 1);
        this.pageToSlot = new int[span];
        Arrays.fill(pageToSlot, -1);
        for (int slot = 0; slot < slotToPage.length; slot++) {
            pageToSlot[(int) (slotToPage[slot] - firstPage)] = slot;
        }
        this.before = new int[words.length];
        int count = 0;
        for (int w = 0; w < words.length; w++) {
            before[w] = count;
            count = Math.addExact(count, Long.bitCount(words[w]));
        }
        this.size = count;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int indexOf(long id) {
        long page = (id >>> PAGE_SHIFT) - firstPage;
        if (page < 0 || page >= pageToSlot.length || (id & 7) != 0) {
            return -1;
        }
        int slot = pageToSlot[(int) page];
        if (slot < 0) {
            return -1;
        }
        int w = slot * WORDS_PER_PAGE + ((int) (id >>> 9) & (WORDS_PER_PAGE - 1));
        long bit = 1L << (id >>> 3);
        long word = words[w];
        return (word & bit) == 0 ? -1 : before[w] + Long.bitCount(word & (bit - 1));
    }

    @Override
    public long idOf(int index) {
        int w = Arrays.binarySearch(before, index);
        if (w < 0) {
            w = -w - 2;
        }
        while (w + 1 < before.length && before[w + 1] <= index) {
            w++;
        }
        long word = words[w];
        for (int skip = index - before[w]; skip > 0; skip--) {
            word &= word - 1;
        }
        return address(w, Long.numberOfTrailingZeros(word));
    }

    private long address(int w, int bit) {
        return (slotToPage[w / WORDS_PER_PAGE] << PAGE_SHIFT)
                + ((long) (w & (WORDS_PER_PAGE - 1)) << 9)
                + ((long) bit << 3);
    }

    @Override
    public long gapAfter(long id) {
        int slot = pageToSlot[(int) ((id >>> PAGE_SHIFT) - firstPage)];
        int w = slot * WORDS_PER_PAGE + ((int) (id >>> 9) & (WORDS_PER_PAGE - 1));
        int bit = (int) (id >>> 3) & 63;
        long word = bit == 63 ? 0 : words[w] & (-1L << (bit + 1));
        while (word == 0) {
            if (++w == words.length) {
                return Long.MAX_VALUE;
            }
            word = words[w];
        }
        return address(w, Long.numberOfTrailingZeros(word)) - id;
    }
}
