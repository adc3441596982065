package io.staunch.detect;

import java.nio.ByteBuffer;

/// The course of a series over the day and over the week, learned where no load series is at hand: what a load would
/// tell, told by the clock. It is seasonal smoothing (Holt 1957, Winters 1960) over parts of the day and of the week;
/// what it says of a time is taken by [Trend] like a load, so that a window finds by itself how much of it applies.
/// Constant space.
final class Course {
    private static final int DAY_PARTS = 16;
    private static final int WEEK_PARTS = 14;
    private static final double PART_SECONDS = Blocks.DAY_SECONDS / DAY_PARTS;
    private static final int PARTS_OF_WEEK_PART = 7 * DAY_PARTS / WEEK_PARTS;
    /// A life younger than this is all warm-up, or began anew today.
    private static final double LEAST_AGE_SECONDS = Blocks.DAY_SECONDS;

    private static final int DAYS_TO_KNOW = 2;
    private static final int WEEKS_TO_KNOW = 2;
    /// How many days, and weeks, a part is the mean of, at most.
    private static final int DAYS_KEPT = 6;
    private static final int WEEKS_KEPT = 3;
    /// The course is clear if it leaves over less than this share of what the series does within the day.
    private static final double CLEAR = 0.5;

    /// It is not known any more once it leaves over more than this share.
    private static final double WRONG = 0.7;
    /// What a part of the day counts for in the means of squares: they tell of the last day and a half.
    private static final float SHARE_OF_SQUARES = 1 / (1.5f * DAY_PARTS);

    private static final double AWAKE_SECONDS = 3 * 3600;

    /// How many numbers of the array it is made with are its own.
    static final int PLACES = DAY_PARTS + WEEK_PARTS;

    static final int BYTES = Short.BYTES * (PLACES + 2) + Float.BYTES * 6 + Integer.BYTES;

    /// What each part of the day, then of the week, lies above the level.
    private final short[] above;
    private float level;
    private float sum;
    private float squares;
    private float squaresLeft;
    /// Since when, in seconds of the detector, the course is known; NaN while it is not.
    private float knownSince = Float.NaN;
    /// The level when the course became known.
    private float scale = 1;
    private int part;
    private short values;
    private short parts;

    /// @param kept the first [#PLACES] numbers are the course's: one array less a series
    Course(short[] kept) {
        above = kept;
    }

    void write(ByteBuffer to) {
        for (int i = 0; i < PLACES; i++) {
            to.putShort(above[i]);
        }
        to.putFloat(level)
                .putFloat(sum)
                .putFloat(squares)
                .putFloat(squaresLeft)
                .putFloat(knownSince)
                .putFloat(scale);
        to.putInt(part).putShort(values).putShort(parts);
    }

    void read(ByteBuffer from) {
        for (int i = 0; i < PLACES; i++) {
            above[i] = from.getShort();
        }
        level = from.getFloat();
        sum = from.getFloat();
        squares = from.getFloat();
        squaresLeft = from.getFloat();
        knownSince = from.getFloat();
        scale = from.getFloat();
        part = from.getInt();
        values = from.getShort();
        parts = from.getShort();
    }

    /// Whether the course is known at a time.
    boolean isKnown(double seconds) {
        return seconds >= knownSince;
    }

    /// The series did something else for a while: another process, another shape of its data.
    void interrupt() {
        values = 0;
        sum = 0;
        level = Float.NaN;
    }

    /// One more value; times must not decrease.
    ///
    /// @param age of the life
    void learn(double seconds, double age, double value) {
        int now = (int) Math.floor(seconds / PART_SECONDS);
        if (now != part && values > 0) {
            close(age);
            values = 0;
            sum = 0;
        }
        part = now;
        values = (short) Math.min(Short.MAX_VALUE, values + 1);
        sum += ((float) value - sum) / values;
    }

    /// A part of a day is over.
    private void close(double age) {
        int day = Math.floorMod(part, DAY_PARTS);
        int week = DAY_PARTS + Math.floorMod(Math.floorDiv(part, PARTS_OF_WEEK_PART), WEEK_PARTS);
        float expected = Half.value(above[day]) + Half.value(above[week]);
        if (Float.isNaN(level)) {
            level = sum - expected;
        }
        float off = sum - level;
        boolean grownUp = age >= LEAST_AGE_SECONDS;
        level += (off - expected) / (grownUp ? 1.5f * DAY_PARTS : (float) Math.clamp(age / PART_SECONDS, 1, DAY_PARTS));
        if (age >= AWAKE_SECONDS) {
            squares += SHARE_OF_SQUARES * (off * off - squares);
            squaresLeft += SHARE_OF_SQUARES * ((off - expected) * (off - expected) - squaresLeft);
            knownSince = squaresLeft > WRONG * squares ? Float.NaN : knownSince;
        }
        if (grownUp) {
            learn(day, week, off - expected);
        }
    }

    private void learn(int day, int week, float beyond) {
        int days = parts / DAY_PARTS;
        int weeks = parts / (7 * DAY_PARTS);
        above[day] = Half.of(Half.value(above[day]) + beyond / (1 + Math.min(days, DAYS_KEPT)));
        if (days > DAYS_TO_KNOW) {
            float share = 1f / (PARTS_OF_WEEK_PART * (1 + Math.min(weeks, WEEKS_KEPT)));
            above[week] = Half.of(Half.value(above[week]) + share * beyond);
        }
        parts = (short) Math.min(Short.MAX_VALUE, parts + 1);
        if (day == DAY_PARTS - 1) {
            decide(days);
        }
    }

    /// The mean of all parts belongs to the level; and is the course clear by now?
    private void decide(int days) {
        level += centre(0, DAY_PARTS) + centre(DAY_PARTS, WEEK_PARTS);
        boolean clear = days >= DAYS_TO_KNOW && squaresLeft < CLEAR * squares;
        if (clear && Float.isNaN(knownSince)) {
            knownSince = (float) ((part + 1) * PART_SECONDS);
            scale = level == 0 ? 1 : Math.abs(level);
        }
    }

    private float centre(int from, int count) {
        float mean = 0;
        for (int i = from; i < from + count; i++) {
            mean += Half.value(above[i]) / count;
        }
        for (int i = from; i < from + count; i++) {
            above[i] = Half.of(Half.value(above[i]) - mean);
        }
        return mean;
    }

    /// What the day adds at a time, as a share of the level, beside 1.
    double day(double seconds) {
        return isKnown(seconds) ? 1 + at(seconds / PART_SECONDS, 0, DAY_PARTS) / scale : 1;
    }

    /// What the week adds at a time, likewise.
    double week(double seconds) {
        return isKnown(seconds) && parts >= WEEKS_TO_KNOW * 7 * DAY_PARTS - DAY_PARTS * 2
                ? 1 + at(seconds / PART_SECONDS / PARTS_OF_WEEK_PART, DAY_PARTS, WEEK_PARTS) / scale
                : 1;
    }

    /// Between the middles of two parts.
    private double at(double place, int from, int count) {
        double middle = place - 0.5;
        int before = (int) Math.floor(middle);
        double share = middle - before;
        double first = Half.value(above[from + Math.floorMod(before, count)]);
        return first + share * (Half.value(above[from + Math.floorMod(before + 1, count)]) - first);
    }
}
