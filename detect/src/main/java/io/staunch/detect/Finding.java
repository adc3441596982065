package io.staunch.detect;

/// What one window says.
///
/// @param seconds   how long the window is
/// @param growth    what the line gains over the window
/// @param fluctuation the highest rise in it that was undone
record Finding(
        Kind kind,
        double startSeconds,
        double seconds,
        int points,
        double slope,
        double standardError,
        double logEvidence,
        double growth,
        double level,
        double fluctuation) {
    enum Kind {
        /// No growth that is sure.
        NONE,
        /// Sure, but too small to mention.
        SMALL,
        /// Worth mentioning, but the points are not enough to be sure.
        UNSURE,
        /// Sure, but not watched for long enough against what is left.
        EARLY,
        /// It grew and hardly does any more.
        FLAT,
        /// It slows down towards an end.
        SLOWS,
        /// One jump.
        STEP,
        /// A leak.
        LEAK
    }

    /// Half the width of a 90 % interval of the slope, by Student's t.
    double margin() {
        int freedom = Math.max(2, points - 2);
        return (1.645 + 2.5 / freedom) * standardError;
    }
}
