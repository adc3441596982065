package io.staunch.verify.detect;

/// A drawn series with its truth: 14 days at one value a minute.
///
/// @param shape      what it is drawn from; `leak-…` for leaks
/// @param value      NaN where a sample is missing
/// @param restart    whether the process begins anew at this minute
/// @param deploy     whether that is another release
/// @param onset      the minute at which the leak begins; −1 for none
/// @param exhaustion the minute at which the limit is reached for the first time; −1 if it is not
// Drawn once, read a million times, never compared: arrays on purpose.
@SuppressWarnings("ArrayRecordComponent")
record Recording(
        String shape,
        double limit,
        double[] value,
        double[] load,
        boolean[] restart,
        boolean[] deploy,
        int onset,
        int exhaustion) {
    static final int DAY = 1440;
    static final int MINUTES = 14 * DAY;

    boolean leaks() {
        return onset >= 0;
    }
}
