package io.staunch.heap.internal.index;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Object ids as a bitmap over the address range, with a running count beside each word, so that an id resolves to
/// its rank by one look into a cache line and one population count. Addresses are multiples of 8, so a bit stands for
/// 8 bytes. Only pages of 1 MiB that hold an object take memory: 32 KiB each, about 1.1 bytes an object in a full
/// heap. (Rank in a bit vector: Jacobson 1989.)
///
/// ```
/// page: bits 0..63 | rank of bit 0 | bits 64..127 | rank of bit 64 | ...
/// ```
public final class BitmapIds implements ObjectIds {
    static final int PAGE_SHIFT = 20;
    static final int LONGS_PER_PAGE = 2 << (PAGE_SHIFT - 9);

    private final long firstPage;
    private final long[] @Nullable [] pages;
    private final int[] filled;
    private final int size;

    /// `pages` holds the pages in address order from number `firstPage` on, null where no object lies.
    BitmapIds(long firstPage, long[] @Nullable [] pages) {
        this.firstPage = firstPage;
        this.pages = pages;
        int count = 0;
        for (long[] page : pages) {
            for (int w = 0; page != null && w < LONGS_PER_PAGE; w += 2) {
                page[w + 1] = count;
                count = Math.addExact(count, Long.bitCount(page[w]));
            }
        }
        this.size = count;
        this.filled = IntStream.range(0, pages.length)
                .filter(number -> pages[number] != null)
                .toArray();
    }

    void write(TableWriter out) throws IOException {
        out.number(firstPage);
        out.number(pages.length);
        out.ints(filled, filled.length);
        for (int number : filled) {
            out.longs(page(number), LONGS_PER_PAGE);
        }
    }

    static BitmapIds read(TableReader in) {
        long firstPage = in.number();
        long[] @Nullable [] pages = new long[in.integer()][];
        for (int number : in.ints()) {
            pages[number] = in.longs();
        }
        return new BitmapIds(firstPage, pages);
    }

    /// Where the word with this id's bit lies in its page.
    static int wordOf(long id) {
        return (int) (id >>> 8) & (LONGS_PER_PAGE - 2);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int indexOf(long id) {
        long number = (id >>> PAGE_SHIFT) - firstPage;
        if (number < 0 || number >= pages.length || (id & 7) != 0) {
            return -1;
        }
        long[] page = pages[(int) number];
        if (page == null) {
            return -1;
        }
        int w = wordOf(id);
        long bit = 1L << (id >>> 3);
        long word = page[w];
        int rank = (int) page[w + 1] + Long.bitCount(word & (bit - 1));
        // All ones where the bit is not set: without a branch that hardly ever goes the other way.
        return rank | (int) (word >>> (id >>> 3) & 1) - 1;
    }

    @Override
    public long idOf(int index) {
        int low = 0;
        int high = filled.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (page(filled[middle])[1] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long[] page = page(filled[low]);
        int w = wordAt(page, index);
        long word = page[w];
        for (long skip = index - page[w + 1]; skip > 0; skip--) {
            word &= word - 1;
        }
        return address(filled[low], w, Long.numberOfTrailingZeros(word));
    }

    /// The last word of a page that starts at or before this rank.
    private static int wordAt(long[] page, int index) {
        int low = 0;
        int high = LONGS_PER_PAGE / 2 - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (page[2 * middle + 1] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return 2 * low;
    }

    private long[] page(int number) {
        return Objects.requireNonNull(pages[number], "expected a page of ids");
    }

    private long address(int number, int w, int bit) {
        return ((firstPage + number) << PAGE_SHIFT) + ((long) w << 8) + ((long) bit << 3);
    }

    @Override
    public long gapAfter(long id) {
        int number = (int) ((id >>> PAGE_SHIFT) - firstPage);
        int w = wordOf(id);
        int bit = (int) (id >>> 3) & 63;
        long[] page = page(number);
        long word = bit == 63 ? 0 : page[w] & (-1L << (bit + 1));
        while (word == 0) {
            w += 2;
            if (w == LONGS_PER_PAGE) {
                w = 0;
                do {
                    if (++number == pages.length) {
                        return Long.MAX_VALUE;
                    }
                } while (pages[number] == null);
                page = page(number);
            }
            word = page[w];
        }
        return address(number, w, Long.numberOfTrailingZeros(word)) - id;
    }
}
