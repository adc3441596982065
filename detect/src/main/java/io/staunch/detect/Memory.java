package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What was learned of a series and outlives restarts: how it fluctuates at each resolution, how it follows the
/// load, and what earlier lifetimes looked like at the same uptime. About 400 bytes.
final class Memory {
    static final int LEVELS = Blocks.COARSEST_BASE + Blocks.RETAINED;
    static final int UPTIMES = 26;
    /// Growth counts as seen before if it was as much, within these factors, around the same uptime.
    private static final double ALIKE_IN_TIME = 3;

    private static final double ALIKE_IN_AMOUNT = 1.5;
    /// A life that stands higher than earlier ones from the start may still gain this share of what they did.
    private static final double HIGHER_BY = 0.6;

    /// A life is compared with earlier ones up to this many bins ago.
    private static final int LATELY = 3;
    /// That tells something if they had gained this share of their range by then …
    private static final double TELLING = 0.3;
    /// … and this many times the highest rise that was undone.
    private static final double TELLING_SWINGS = 1.5;
    /// A life that gained less than this share of what they did is unlike them.
    private static final double UNLIKE = 0.35;

    private static final double EXCUSE_OF_THE_UNLIKE = 0.2;
    /// What a life counts for that reached higher than its release did when it was proven to be well.
    private static final float DOUBTFUL = 0.1f;

    private static final double LOAD_TRUST = 0.25;
    /// Noise that keeps more than this from one cell to the next wanders.
    private static final double LONG_MEMORY = 0.7;

    private static final double FIRST_UPTIME_SECONDS = 300;
    private static final double BINS_PER_OCTAVE = 2;
    private static final double FIRM = 32767;

    /// A life's excess over what was expected counts up to this many times what lives differ by …
    private static final float MOST_EXCESS = 3;
    /// … less this much, which an even chance would bring …
    private static final float USUAL_EXCESS = 1;
    /// … and lives in a row that exceed by this in all hide a leak.
    private static final float HIDDEN = 6;
    /// Lives differ by this many times what they exceed the expected by on average, where enough were compared …
    private static final float UNUSUAL = 1.5f;
    /// … and by this many times where they were fewer.
    private static final float UNUSUAL_OF_FEW = 2.5f;

    private static final int ENOUGH_LIVES = 6;
    private static final int MOST_LIVES = 20;
    /// Lives that exceed by this in all teach nothing.
    private static final float SUSPECT = 2;
    /// A life is measured from this many bins before its end on: the last four fifths of it.
    private static final int MEASURED = 5;

    // Places in `learned`, after those of the course; each kind has one half-precision number a level or a bin of
    // uptimes.
    private static final int VARIANCE = Course.PLACES;
    private static final int NOISE_MEMORY = VARIANCE + LEVELS;
    private static final int UNDONE = NOISE_MEMORY + LEVELS;
    private static final int PRESENT_LOAD = UNDONE + LEVELS;
    private static final int EARLIER_GAIN = PRESENT_LOAD + UPTIMES;
    private static final int PRESENT = EARLIER_GAIN + UPTIMES;
    private static final int LEARNED = PRESENT + UPTIMES;

    static final int BYTES = Short.BYTES * (LEARNED - VARIANCE) + Float.BYTES * 10 + 6 + Course.BYTES;

    /// First what the course keeps. By level, 0 where nothing is known: variance of what the line leaves over,
    /// memory of the noise between neighbouring points, highest rise that was undone. By uptime, NaN where nothing
    /// was seen: load in the present life, growth into it in earlier ones, what the present one stands above its
    /// first level.
    private final short[] learned = new short[LEARNED];

    final Course course = new Course(learned);

    /// Effect of one unit of load, short and long lag, and how sure it is.
    private float effectShort;
    private float effectLong;
    private float precisionShort;
    private float precisionLong;

    private float earlierTop = -Float.MAX_VALUE;
    private float presentFirst = Float.NaN;
    /// Mean level in the present bin.
    private float presentMean;
    /// What lives of a release that was proven to be well exceed the expected by, as often as not.
    private float usualExcess;
    /// What the lives since have exceeded it by; see [#HIDDEN].
    private float excess;
    private float lastLife;
    private byte livesCompared;
    private byte presentBin;
    private short presentCount;
    private byte grewToTheEnd;
    /// Whether a baseline said what the present release looks like when it is well.
    private boolean proven;
    /// Whether an effect of the load was ever clear.
    private boolean loadLearned;

    Memory() {
        Arrays.fill(learned, EARLIER_GAIN, LEARNED, Half.NAN);
    }

    void write(ByteBuffer to) {
        for (int i = VARIANCE; i < LEARNED; i++) {
            to.putShort(learned[i]);
        }
        to.putFloat(presentFirst).putFloat(presentMean);
        to.putFloat(usualExcess).putFloat(excess).putFloat(lastLife).put(livesCompared);
        to.putFloat(effectShort).putFloat(effectLong).putFloat(precisionShort).putFloat(precisionLong);
        to.putFloat(earlierTop)
                .put(presentBin)
                .putShort(presentCount)
                .put(grewToTheEnd)
                .put((byte) ((proven ? 1 : 0) | (loadLearned ? 2 : 0)));
        course.write(to);
    }

    static Memory read(ByteBuffer from) {
        Memory memory = new Memory();
        for (int i = VARIANCE; i < LEARNED; i++) {
            memory.learned[i] = from.getShort();
        }
        memory.presentFirst = from.getFloat();
        memory.presentMean = from.getFloat();
        memory.usualExcess = from.getFloat();
        memory.excess = from.getFloat();
        memory.lastLife = from.getFloat();
        memory.livesCompared = from.get();
        memory.effectShort = from.getFloat();
        memory.effectLong = from.getFloat();
        memory.precisionShort = from.getFloat();
        memory.precisionLong = from.getFloat();
        memory.earlierTop = from.getFloat();
        memory.presentBin = from.get();
        memory.presentCount = from.getShort();
        memory.grewToTheEnd = from.get();
        byte flags = from.get();
        memory.proven = (flags & 1) != 0;
        memory.loadLearned = (flags & 2) != 0;
        memory.course.read(from);
        return memory;
    }

    double variance(int level) {
        return Half.value(learned[VARIANCE + level]);
    }

    double noiseMemory(int level) {
        return learned[NOISE_MEMORY + level] / FIRM;
    }

    double loadEffect(int lag) {
        return lag == 0 ? effectShort : effectLong;
    }

    double loadPrecision(int lag) {
        return lag == 0 ? precisionShort : precisionLong;
    }

    /// What the load is known to add to the value.
    double loadPart(double shortLoad, double longLoad) {
        return effectShort * shortLoad + effectLong * longLoad;
    }

    /// A quiet window teaches how the series fluctuates at its level.
    void learn(int level, double newVariance, double newMemory) {
        double variance = variance(level);
        double memory = noiseMemory(level);
        double share = variance == 0 ? 1 : 0.05;
        learned[VARIANCE + level] = Half.of(variance + share * (newVariance - variance));
        learned[NOISE_MEMORY + level] = (short) Math.rint(FIRM * (memory + share * (newMemory - memory)));
    }

    void learnUndone(int level, double rise) {
        learned[UNDONE + level] = Half.of(Math.max(Half.value(learned[UNDONE + level]) * 0.985, rise));
    }

    /// What noise of a long memory, as coarser windows know it, goes up by within a time: a standard deviation of an
    /// Ornstein–Uhlenbeck process; 0 where the noise forgets sooner.
    double wander(int level, double seconds) {
        double most = 0;
        for (int i = level + 1; i < Math.min(LEVELS, level + 4); i++) {
            double kept = noiseMemory(i);
            if (kept > LONG_MEMORY) {
                double steps = seconds / Blocks.width(i);
                most = Math.max(most, 2 * variance(i) * (1 - Math.pow(kept, steps)));
            }
        }
        return Math.sqrt(most);
    }

    /// The highest rise that was undone at this level or the next coarser ones.
    double undone(int level) {
        double most = 0;
        for (int i = level; i < (level == 0 ? LEVELS : Math.min(LEVELS, level + 6)); i++) {
            most = Math.max(most, Half.value(learned[UNDONE + i]));
        }
        return most;
    }

    /// What the load explains was taken for noise until its effect was known.
    private void forgetNoise() {
        Arrays.fill(learned, VARIANCE, VARIANCE + LEVELS, (short) 0);
        Arrays.fill(learned, UNDONE, UNDONE + LEVELS, (short) 0);
    }

    /// Another load is told from now on.
    void forgetLoad() {
        effectShort = 0;
        effectLong = 0;
        precisionShort = 0;
        precisionLong = 0;
        loadLearned = false;
    }

    void learnLoad(double[] effect, double[] information, double spread, boolean clear) {
        if (clear && !loadLearned) {
            loadLearned = true;
            forgetNoise();
        }
        effectShort = clear ? (float) effect[0] : 0;
        effectLong = clear ? (float) effect[1] : 0;
        precisionShort = (float) (LOAD_TRUST * information[0] / spread);
        precisionLong = (float) (LOAD_TRUST * information[1] / spread);
    }

    private static double place(double uptimeSeconds) {
        return Math.clamp(
                BINS_PER_OCTAVE / Math.log(2) * Math.log1p(Math.max(0, uptimeSeconds) / FIRST_UPTIME_SECONDS),
                0,
                UPTIMES - 1.001);
    }

    /// Uptime at which each bin begins.
    private static final double[] BEGIN = new double[UPTIMES];

    static {
        for (int bin = 0; bin < UPTIMES; bin++) {
            BEGIN[bin] = FIRST_UPTIME_SECONDS * Math.expm1(bin * Math.log(2) / BINS_PER_OCTAVE);
        }
    }

    /// Notes level and load at an uptime; uptimes must not decrease within a life.
    void live(double uptimeSeconds, double level, double load) {
        int bin = presentBin;
        while (bin + 1 < UPTIMES && uptimeSeconds >= BEGIN[bin + 1]) {
            bin++;
        }
        if (bin != presentBin) {
            presentBin = (byte) bin;
            presentCount = 0;
        }
        presentCount = (short) Math.min(Short.MAX_VALUE, presentCount + 1);
        float share = 1f / presentCount;
        if (Float.isNaN(presentFirst)) {
            presentFirst = (float) level;
        }
        float before = presentCount == 1 ? (float) level : presentMean;
        presentMean = before + share * ((float) level - before);
        learned[PRESENT + bin] = Half.of(presentMean - presentFirst);
        double loadBefore = presentCount == 1 ? load : Half.value(learned[PRESENT_LOAD + bin]);
        learned[PRESENT_LOAD + bin] = Half.of(loadBefore + share * (load - loadBefore));
    }

    /// A life ended. How it grew from one uptime to the next becomes what is expected, unless it leaked.
    /// Once a release was proven to be well, its later lives raise that only slowly: a leak that restarts
    /// hide makes itself expected otherwise.
    ///
    /// @param uptimeSeconds of the life
    /// @param worth         growth that is worth mentioning
    void restart(double uptimeSeconds, double worth, boolean leaked, boolean provenWell, boolean deployed) {
        if (!Float.isNaN(seen(presentBin))) {
            compare((float) worth, provenWell);
            if (!leaked && (provenWell || excess < SUSPECT)) {
                boolean doubtful = proven && !provenWell;
                learnGains(doubtful ? DOUBTFUL : 0.5f);
                learnTop(doubtful ? DOUBTFUL : 1, (float) (uptimeSeconds / (uptimeSeconds + lastLife)));
            }
            lastLife = (float) uptimeSeconds;
            beginLife();
        }
        excess = provenWell || deployed ? 0 : excess;
        proven = provenWell || (proven && !deployed);
    }

    private void beginLife() {
        Arrays.fill(learned, PRESENT, PRESENT + UPTIMES, Half.NAN);
        presentFirst = Float.NaN;
        presentBin = 0;
        presentCount = 0;
    }

    /// What this life gained beyond what earlier ones did at the same uptimes, its first fifth aside: lives are like
    /// repeated measurements, and a leak that is too slow for one of them shows in several.
    private void compare(float worth, boolean provenWell) {
        int from = presentBin - MEASURED;
        if (from < 0 || Float.isNaN(seen(from))) {
            return;
        }
        float expected = 0;
        for (int i = from + 1; i <= presentBin; i++) {
            expected += Half.value(learned[EARLIER_GAIN + i]);
        }
        if (Float.isNaN(expected)) {
            return;
        }
        float beyond = (float) (plain(presentBin) - plain(from)) - expected;
        if (!proven) {
            livesCompared = (byte) Math.min(100, livesCompared + 1);
            usualExcess += (Math.abs(beyond) - usualExcess) / Math.min(livesCompared, MOST_LIVES);
        } else if (!provenWell) {
            boolean enough = livesCompared >= ENOUGH_LIVES;
            float usual =
                    enough ? Math.max(UNUSUAL * usualExcess, worth / 2) : Math.max(UNUSUAL_OF_FEW * usualExcess, worth);
            excess = Math.max(0, excess + Math.clamp(beyond / usual, -MOST_EXCESS, MOST_EXCESS) - USUAL_EXCESS);
        }
    }

    /// Whether the lives since the release was proven to be well hide a leak: each gained more than it should have.
    boolean restartsHideALeak() {
        return excess > HIDDEN;
    }

    /// What they gained too much in all; see [#HIDDEN].
    double excess() {
        return excess;
    }

    /// How long the last life was.
    double lastLifeSeconds() {
        return lastLife;
    }

    /// What the present life stood above its first level at an uptime; NaN if that was not seen.
    private float seen(int bin) {
        return Half.value(learned[PRESENT + bin]);
    }

    /// What this life and earlier ones looked like is no measure any more.
    void forgetLives() {
        Arrays.fill(learned, EARLIER_GAIN, LEARNED, Half.NAN);
        beginLife();
        usualExcess = 0;
        livesCompared = 0;
        excess = 0;
        earlierTop = -Float.MAX_VALUE;
        grewToTheEnd = 0;
        proven = false;
    }

    private void learnGains(float upwards) {
        int before = -1;
        for (int i = 0; i <= presentBin; i++) {
            if (Float.isNaN(seen(i))) {
                continue;
            }
            if (before >= 0) {
                float gain = (float) (plain(i) - plain(before)) / (i - before);
                for (int k = before + 1; k <= i; k++) {
                    float known = Half.value(learned[EARLIER_GAIN + k]);
                    float share = gain > known || proven ? upwards : 0.5f;
                    learned[EARLIER_GAIN + k] = Half.of(Float.isNaN(known) ? gain : known + share * (gain - known));
                }
            }
            before = i;
        }
    }

    /// The level of the later half of the life. It lowers what earlier ones reached by as much as it was longer than
    /// the last one: a first life of a day, when the effect of the load was not known yet, would be an excuse for
    /// long otherwise.
    private void learnTop(float upwards, float downwards) {
        float top = Float.NEGATIVE_INFINITY;
        int seen = 0;
        for (int i = presentBin; i >= 0 && seen < 3; i--) {
            if (!Float.isNaN(seen(i))) {
                seen++;
                top = Math.max(top, (float) plain(i));
            }
        }
        boolean first = !knowsEarlierLives();
        earlierTop = first ? top : earlierTop + (top > earlierTop ? upwards : downwards) * (top - earlierTop);
    }

    /// A life ended, and either grew for sure up to its end or did not.
    void grewToTheEnd(boolean grew) {
        grewToTheEnd = (byte) (grew ? Math.min(100, grewToTheEnd + 1) : 0);
    }

    /// How many lives in a row, up to the last one, grew to their end.
    int livesThatGrew() {
        return grewToTheEnd;
    }

    boolean knowsEarlierLives() {
        return earlierTop > -Float.MAX_VALUE;
    }

    /// Up to which uptime it is known what earlier lives gained; 0 if that is not known at all.
    double knownUptime() {
        int last = UPTIMES - 1;
        while (last > 0 && Float.isNaN(Half.value(learned[EARLIER_GAIN + last]))) {
            last--;
        }
        return last == 0 ? 0 : BEGIN[Math.min(UPTIMES - 1, last + 1)];
    }

    /// The highest level at which earlier lives stood, at the load of the first sample.
    double earlierTop() {
        return earlierTop;
    }

    /// The most that earlier lives gained by any uptime.
    double range() {
        double sum = 0;
        double most = 0;
        for (int i = 1; i < UPTIMES; i++) {
            float gain = Half.value(learned[EARLIER_GAIN + i]);
            sum += Float.isNaN(gain) ? 0 : gain;
            most = Math.max(most, sum);
        }
        return most;
    }

    /// What earlier lives gained between two uptimes; 0 if they were not seen for long enough. What already
    /// stands as high as they did has little of that before it.
    ///
    /// @param below how far the earlier lives' top lies above the level at `fromUptime`
    double expectedGrowth(double fromUptime, double toUptime, double below) {
        double start = gained(fromUptime / ALIKE_IN_TIME);
        double most = 0;
        for (double uptime = toUptime; uptime <= toUptime * ALIKE_IN_TIME; uptime *= 1.2) {
            most = Math.max(most, gained(uptime) - start);
        }
        return Math.min(ALIKE_IN_AMOUNT * most, Math.max(0, below) + HIGHER_BY * most) * likeness();
    }

    /// How far the present life does what earlier ones did, where that can be told: if they warmed up early in their
    /// lives and this one does not, it did not start cold, and what they gained is no excuse for it.
    private double likeness() {
        int first = 0;
        while (first < presentBin && Float.isNaN(seen(first))) {
            first++;
        }
        double theirs = 0;
        double most = 0;
        for (int i = 1; i <= presentBin - LATELY; i++) {
            float gain = Half.value(learned[EARLIER_GAIN + i]);
            theirs += i > first && !Float.isNaN(gain) ? gain : 0;
            most = Math.max(most, theirs);
        }
        int then = presentBin - LATELY;
        while (then > first && Float.isNaN(seen(then))) {
            then--;
        }
        if (then <= first || most < Math.max(TELLING * range(), TELLING_SWINGS * undone(0))) {
            return 1;
        }
        double ours = plain(then) - plain(first);
        return ours < UNLIKE * theirs ? EXCUSE_OF_THE_UNLIKE : 1;
    }

    private double plain(int bin) {
        return presentFirst + seen(bin) - loadPart(1, 1) * (Half.value(learned[PRESENT_LOAD + bin]) - 1);
    }

    /// What earlier lives gained from one uptime to another.
    double gained(double fromUptime, double toUptime) {
        return gained(toUptime) - gained(fromUptime);
    }

    /// What earlier lives gained up to an uptime: between the middles of two bins.
    private double gained(double uptimeSeconds) {
        double place = Math.max(0, place(uptimeSeconds) - 0.5);
        int bin = (int) place;
        double sum = 0;
        for (int i = 1; i <= bin; i++) {
            float gain = Half.value(learned[EARLIER_GAIN + i]);
            sum += Float.isNaN(gain) ? 0 : gain;
        }
        float next = bin + 1 < UPTIMES ? Half.value(learned[EARLIER_GAIN + bin + 1]) : 0;
        return sum + (Float.isNaN(next) ? 0 : (place - bin) * next);
    }
}
