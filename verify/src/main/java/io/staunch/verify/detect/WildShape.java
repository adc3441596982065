package io.staunch.verify.detect;

/// Shapes that [WildGenerator] draws: none is in [Shape], each was made to break the detector. Rates, noise, spacing,
/// length and what is known beside the values (limit, load, earlier life) are drawn wide for all of them.
enum WildShape implements Subject {
    /// Noise with a memory of half a day to two days, and nothing else.
    WANDERING,
    /// A cache of rarely used things: it fills like the logarithm of time until it is full.
    LOGARITHMIC_CACHE,
    /// A cache that fills at an even pace for a quarter to two days.
    LINEAR_CACHE,
    /// Compiled code: a power of time that flattens over days.
    CODE_CACHE,
    /// Resident memory that keeps each peak for good.
    RATCHET,
    /// It grows over a week or a part of it and is given back at once.
    WEEKLY_BATCH,
    /// A page cache or a log in memory that is emptied every night.
    NIGHTLY_FLUSH,
    /// The limit is raised, and the heap takes its share of the new room.
    LIMIT_RAISED,
    /// Another mode of the collector in the middle of the life.
    MODE_CHANGE,
    /// Traffic grows by up to a half in the time that is seen, memory with it.
    GROWING_TRAFFIC,
    /// Use of a raw heap whose teeth are as high and as frequent as the load is.
    LOADED_SAW_TOOTH,
    /// Use of a raw heap whose old generation is collected every half day to every three days.
    SLOW_SAW_TOOTH,
    /// Threads or connections: whole numbers that follow the load.
    SMALL_COUNTS,
    /// A counter that is set back at times.
    RESET_COUNTER,
    /// Percent of a machine's memory: level stretches, jumps up and down, jobs.
    MACHINE_PERCENT,
    /// Deployments nobody tells of: each begins cold and stands where it wants to.
    UNTOLD_DEPLOYS,
    /// Minutes at one or two seconds: it fills up to its working size.
    DRILL_WARM_UP,
    /// Minutes at one or two seconds: teeth of a raw heap.
    DRILL_SAW_TOOTH,
    /// Minutes at one or two seconds: load comes, stays and goes.
    DRILL_LOAD_STEP,
    /// An even leak.
    LEAK_EVEN,
    /// It stops for hours or days and resumes.
    LEAK_IN_SPELLS,
    /// It follows a load of which no series is at hand, beside one that is.
    LEAK_BY_ANOTHER_LOAD,
    /// It doubles every few hours or days.
    LEAK_EXPONENTIAL,
    /// Rare, large steps.
    LEAK_IN_RARE_STEPS,
    /// Under a raw heap's teeth that follow the load.
    LEAK_UNDER_LOADED_SAW_TOOTH,
    /// The collector changes its mode while it leaks.
    LEAK_AND_MODE_CHANGE,
    /// Resident memory that grows by whole arenas and keeps peaks.
    LEAK_BY_ARENAS,
    /// The limit is raised while it leaks.
    LEAK_AND_LIMIT_RAISED,
    /// Threads or connections: whole numbers, one more at a time.
    LEAK_OF_SMALL_COUNTS,
    /// Percent of a machine's memory.
    LEAK_IN_MACHINE_PERCENT,
    /// It begins with the first sample of a life that is days old.
    LEAK_FROM_THE_FIRST_SAMPLE,
    /// A cache fills beside it.
    LEAK_AND_CACHE,
    /// Under a deployment every one to three days.
    LEAK_UNDER_DEPLOYS,
    /// From the first byte to the limit in one to eight hours.
    LEAK_OF_HOURS,
    /// Minutes at one or two seconds: what is left after collections grows.
    DRILL_LEAK,
    /// Minutes at one or two seconds: a raw heap.
    DRILL_LEAK_RAW;

    @Override
    public boolean leaks() {
        return name().contains("LEAK");
    }

    boolean drill() {
        return name().startsWith("DRILL");
    }

    @Override
    public Recording draw(long seed, boolean earlier) {
        return WildGenerator.draw(this, seed, earlier);
    }
}
