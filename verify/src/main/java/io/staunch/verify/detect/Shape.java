package io.staunch.verify.detect;

import java.util.EnumSet;
import java.util.Set;

/// What a series of the benchmark is drawn from. The first 20 are those of the published table in
/// docs/detector.md; those marked as own were added to break the detector.
enum Shape implements Subject {
    FLAT,
    WARM_UP,
    DAILY,
    WEEKLY,
    DEPLOY_STEPS,
    TRAFFIC_GROWTH,
    SLOW_BOUNDED_CACHE,
    BATCH_JOBS,
    RAW_SAW_TOOTH,
    RESTART_LOOP,
    COLLECTOR_MODE_CHANGE,
    NOISY_NEIGHBOUR,
    LEAK_LINEAR,
    LEAK_SLOW,
    LEAK_ACCELERATING,
    LEAK_WITH_LOAD,
    LEAK_PER_EVENT,
    LEAK_AFTER_DEPLOY,
    LEAK_UNDER_DAILY_CYCLE,
    LEAK_OFF_HEAP,
    /// Own: the limit is raised and lowered; the level is steady.
    LIMIT_CHANGES,
    /// Own: values rounded to 64 units.
    QUANTISED,
    /// Own: pages of the file cache fill memory up to a bound and are given back at once.
    PAGE_CACHE,
    /// Own: a daily cycle, and no load series is at hand.
    DAILY_WITHOUT_LOAD,
    /// Own: a table of data that grows like a square root of time, far from the limit.
    DATA_GROWTH,
    /// Own: a cache that is emptied once a week.
    WEEKLY_FLUSH,
    /// Own: instances come and go, and with them the load of this one.
    AUTOSCALED,
    /// Own: it leaks at night only, when the jobs run.
    LEAK_AT_NIGHT,
    /// Own: it leaks under a daily cycle, and no load series is at hand.
    LEAK_WITHOUT_LOAD_SERIES,
    /// Own: half a day from the first byte to the limit.
    LEAK_FAST,
    /// Own: values rounded to 64 units.
    LEAK_QUANTISED,
    /// Own: a leak in the raw use of a heap, with teeth of up to a day and a half, little room above them.
    LEAK_IN_RAW_SAW_TOOTH,
    /// Own: a cache that fills like an exponential approach over one to four days.
    WARM_UP_OF_DAYS,
    /// Own: resident memory that keeps nearly all of each new peak.
    STICKY_RSS,
    /// Own: a restart every night; each life grows to its end and would not last a week.
    LEAK_MASKED_BY_RESTARTS,
    /// Own: a leak in raw use of a heap that is collected every 5 to 60 minutes.
    LEAK_UNDER_YOUNG_COLLECTIONS,
    /// Own: a leak of a few big steps, 4 to 12 hours apart.
    LEAK_STAIRCASE,
    /// Own: it leaks for an hour after each start of a batch, four times a day.
    LEAK_PER_BATCH;

    private static final Set<Shape> OWN = EnumSet.range(LIMIT_CHANGES, LEAK_PER_BATCH);
    private static final Set<Shape> DAILY_CYCLE = EnumSet.of(
            DAILY,
            WEEKLY,
            TRAFFIC_GROWTH,
            LEAK_WITH_LOAD,
            LEAK_UNDER_DAILY_CYCLE,
            BATCH_JOBS,
            DAILY_WITHOUT_LOAD,
            AUTOSCALED,
            LEAK_WITHOUT_LOAD_SERIES);

    @Override
    public boolean leaks() {
        return name().startsWith("LEAK");
    }

    boolean own() {
        return OWN.contains(this);
    }

    boolean daily() {
        return DAILY_CYCLE.contains(this);
    }

    boolean withoutLoadSeries() {
        return this == DAILY_WITHOUT_LOAD || this == LEAK_WITHOUT_LOAD_SERIES;
    }

    @Override
    public Recording draw(long seed, boolean earlier) {
        return Generator.draw(this, seed, earlier);
    }
}
