package io.staunch.verify.detect;

/// A drawn series with its truth, NaN where a sample is missing. The arrays are not copied.
///
/// @param secondsApart between neighbouring values
/// @param limit        at each value; NaN where none is known
/// @param load         empty if no load series is at hand
/// @param restart      whether the process begins anew at a value
/// @param deploy       whether that is another release
/// @param onset        where the leak begins; −1 for none
/// @param exhaustion   where the limit is reached for the first time; −1 if it is not
@SuppressWarnings("ArrayRecordComponent")
record Recording(
        int secondsApart,
        double[] limit,
        double[] value,
        double[] load,
        boolean[] restart,
        boolean[] deploy,
        int onset,
        int exhaustion) {
    boolean leaks() {
        return onset >= 0;
    }

    /// The index after the last value that counts: what comes after the limit was reached does not.
    int end() {
        return exhaustion >= 0 ? exhaustion : value.length;
    }

    double seconds() {
        return (double) secondsApart * value.length;
    }
}
