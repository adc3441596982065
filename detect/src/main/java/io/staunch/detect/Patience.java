package io.staunch.detect;

/// How long a growth must have been watched before it is called a leak, as a share of the time that is left until the
/// limit. What grows as briefly as a job or a warm-up does must come nearer to the limit; so must what nothing is known
/// to compare with.
final class Patience {
    /// Growth that counts is this many times the highest rise that was ever undone.
    private static final double MORE_THAN_UNDONE = 1.3;
    /// … or this many times where neither earlier lives nor a load series tell what else moves the target: then its
    /// swings are all that a growth can be measured by, and they were seen for one life only.
    private static final double MORE_THAN_UNDONE_IF_NEW = 3;

    /// A growth of less than this many standard deviations of the noise's wandering is a part of it.
    private static final double WANDERS = 4;

    /// Where nothing is known of earlier lives, a growth must be watched for this much longer …
    private static final double WITHOUT_HISTORY = 2;
    /// … and for this much longer again, where no load series tells of daily cycles …
    private static final double NOR_LOAD = 2.5;
    /// … or for this much in all, however long it is: a cache that fills for days looks like a leak until it is full …
    private static final double OVER_DAYS = 2.5;
    /// … and for this much where no load series tells of weekly cycles.
    private static final double OVER_WEEKS = 7;
    /// No growth need be watched for longer than this many times what is left: there would be no time to act.
    private static final double MOST = 4;

    /// After this many times the settling of quiet life, a life's own past counts for this share of earlier lives.
    private static final double OWN_PAST = 0.35;

    private static final double QUIET_SETTLINGS = 2;

    private static final double STRICTER_PER_OCTAVE = 2.5;
    private static final double STRICTER_IF_UNHEARD_OF = 1.0;
    private static final double UNHEARD_OF = 0.5;

    /// After this many lives in a row that grew to their end, the next one needs this share of the patience.
    private static final int LIVES_THAT_GREW = 3;

    private static final double AGAIN = 0.2;

    private final double share;
    private final double settlingSeconds;
    private final Memory memory;
    private final boolean loadKnown;

    Patience(DetectorOptions options, Memory memory, boolean loadKnown) {
        share = options.patience();
        settlingSeconds = options.settling().toSeconds();
        this.memory = memory;
        this.loadKnown = loadKnown;
    }

    /// No patience for a window of this length is less.
    double least(double span) {
        return again() * Math.min(MOST, share * (1 + STRICTER_IF_UNHEARD_OF * octaves(span)));
    }

    /// For a growth that was watched for `span` seconds from `start` on. Less is needed if it already leads beyond all
    /// that the target is known to do.
    double share(double start, double span, double growth) {
        double stricter = isUnheardOf(start, growth) ? STRICTER_IF_UNHEARD_OF : STRICTER_PER_OCTAVE;
        double unknown = 1 - quiet(start);
        double brief = Math.pow(WITHOUT_HISTORY * (loadKnown ? 1 : NOR_LOAD), unknown) * (1 + stricter * octaves(span));
        double days = settlingSeconds < Blocks.DAY_SECONDS ? 0 : Math.pow(loadKnown ? OVER_DAYS : OVER_WEEKS, unknown);
        return again() * Math.min(MOST, share * Math.max(brief, days));
    }

    /// Growth that is a swing like others at a level, or the wandering of a noise of long memory, is less than this.
    ///
    /// @param sure whether a growth is so sure that it need not be more than what was undone
    double swings(int level, double span, boolean sure) {
        boolean nothingElseKnown = share > 0 && !loadKnown && !memory.knowsEarlierLives();
        double factor = nothingElseKnown ? MORE_THAN_UNDONE_IF_NEW : sure ? 1 : MORE_THAN_UNDONE;
        double undone = factor * memory.undone(level);
        return share > 0 ? Math.max(undone, WANDERS * memory.wander(level, span)) : undone;
    }

    boolean isUnheardOf(double start, double growth) {
        return quiet(start) == 1
                && growth > MORE_THAN_UNDONE * memory.undone(0)
                && growth > UNHEARD_OF * memory.range();
    }

    /// By how many octaves a window is shorter than what settles.
    private double octaves(double span) {
        return Math.max(0, Math.log(settlingSeconds / Math.max(1e-3, span)) / Math.log(2));
    }

    private double again() {
        return memory.livesThatGrew() >= LIVES_THAT_GREW ? AGAIN : 1;
    }

    /// How far it is known what the target does when it is well, from 0 to 1.
    private double quiet(double start) {
        double own = loadKnown ? OWN_PAST * Math.min(1, start / (QUIET_SETTLINGS * settlingSeconds)) : 0;
        double earlier = memory.knowsEarlierLives() ? memory.knownUptime() / settlingSeconds : 0;
        return Math.min(1, Math.max(own, earlier));
    }
}
