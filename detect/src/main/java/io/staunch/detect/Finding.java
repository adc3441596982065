package io.staunch.detect;

import java.util.List;

/// What one window says.
///
/// @param startSeconds when the window begins
/// @param seconds      how long it is
/// @param growth       what the line gains over the window
/// @param rise         what the values themselves gain, the load's part included
/// @param level        where the series stands, at the present load
/// @param fluctuation  the highest rise in the window that was undone
/// @param slopeNow     the slope of the newer half, if that is clearly more than before
/// @param left         seconds until the limit, with the growth's acceleration; NaN without a limit
record Finding(
        Kind kind,
        double startSeconds,
        double seconds,
        int points,
        double slope,
        double standardError,
        double logEvidence,
        double growth,
        double rise,
        double level,
        double fluctuation,
        double slopeNow,
        double left) {
    /// Windows up to this length are contradicted by their newer part as it is, longer ones only if it is sure.
    private static final double BRIEF_SECONDS = 20 * 3600;

    private static final double SHORT_RUN_SECONDS = 1800;
    private static final double STILL_GROWS = 0.3;

    enum Kind {
        /// No growth that is sure.
        NONE,
        /// Sure, but too small to mention.
        SMALL,
        /// The values rise, and the load explains it.
        FOLLOWS_LOAD,
        /// The points themselves hardly rise; only what the load is thought to add makes it so.
        BY_LOAD_ALONE,
        /// Less than rises of this series that were undone.
        SWINGS,
        /// Worth mentioning, but the points are not enough to be sure.
        UNSURE,
        /// Sure, but not watched for long enough against what is left.
        EARLY,
        /// It grew and hardly does any more.
        FLAT,
        /// It slows down towards an end.
        SLOWS,
        /// Earlier lives of the target grew like this, too.
        EXPECTED,
        /// Like `EARLY`, but it goes on from where earlier lives ended, at their pace: a restart takes
        /// nothing of it away.
        CARRIES_ON,
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

    /// The newest part of this window, seen by itself, does not grow like the whole.
    boolean contradictedBy(List<Finding> findings) {
        boolean brief = seconds < BRIEF_SECONDS && seconds > SHORT_RUN_SECONDS;
        for (Finding shorter : findings) {
            if (shorter.seconds < 0.7 * seconds
                    && shorter.seconds >= 0.24 * seconds
                    && shorter.slope + (brief ? 0 : shorter.margin()) < STILL_GROWS * slope) {
                return true;
            }
        }
        return false;
    }
}
