package io.staunch.verify.detect;

import java.util.EnumSet;
import java.util.Set;

/// Shapes that [OddGenerator] draws, each a mechanism of its own that neither [Shape] nor [WildShape] has. Half of
/// them, [#heldOut], are kept to be looked at only: nothing is tuned with them.
enum OddShape implements Subject {
    /// An LRU cache fills at the pace of the traffic, which grows, until it is full.
    LRU_UNDER_GROWING_TRAFFIC,
    /// High on working days, low at weekends, and no load series is at hand.
    WORKING_WEEK,
    /// Jobs leave pages of files in the cache, which is given back when memory is short.
    PAGE_CACHE_STEPS,
    /// Resident memory after each batch is the highest that a batch ever needed.
    STICKY_BATCHES,
    /// A restart every night; each life fills the same cache.
    CACHE_OF_EVERY_DAY,
    /// Waves of one and a half to five days without a cause that is seen.
    BREATHING,
    /// A raw heap that is collected when it is full to a mark; part of what survives is garbage, too.
    RAW_AT_A_MARK,
    /// Half a load for days while another site is tried, then all of it.
    FAILOVER,
    /// Data that grows like the logarithm of its age.
    DATA_LIKE_A_LOGARITHM,
    /// A bounded number of tenants, each loaded when first asked for.
    TENANTS_ON_DEMAND,
    /// A heap is committed step by step up to its bound.
    COMMITTED_IN_STEPS,
    /// Fragmentation that nears its end like a power of time.
    FRAGMENTATION,
    /// A job of a few days, and all of it is given back.
    MONTH_END,
    /// It leaks at weekends only.
    LEAK_AT_WEEKENDS,
    /// Some requests leak, and no load series is at hand.
    LEAK_BY_SOME_REQUESTS,
    /// It begins in the second half of what is seen.
    LEAK_LATE,
    /// Beside a cache that every life fills.
    LEAK_BESIDE_A_CACHE,
    /// Restarts every 6 to 48 hours, so that the limit is far away.
    LEAK_UNDER_RESTARTS,
    /// Under waves of one and a half to five days.
    LEAK_UNDER_BREATHING,
    /// Under a raw heap that is collected when it is full to a mark.
    LEAK_RAW_AT_A_MARK,
    /// Seen in whole percent of the limit.
    LEAK_IN_PERCENT,
    /// Slow for days, then three to ten times as fast.
    LEAK_OF_TWO_PHASES,
    /// In bursts of minutes, when something fails.
    LEAK_IN_BURSTS,
    /// It slackens, but never stops: a power of time.
    LEAK_LIKE_A_POWER,
    /// For each request, and the traffic pauses for a day or two.
    LEAK_AND_PAUSE,
    /// A third of the samples is missing, at times for half a day.
    LEAK_SEEN_AT_TIMES,
    /// High on working days, low at weekends, and no load series is at hand.
    LEAK_IN_WORKING_WEEK,
    /// Resident memory after each batch is the highest so far, and every batch needs more.
    LEAK_UNDER_STICKY_BATCHES;

    private static final Set<OddShape> HELD_OUT = EnumSet.copyOf(EnumSet.range(FAILOVER, MONTH_END));

    static {
        HELD_OUT.addAll(EnumSet.range(LEAK_OF_TWO_PHASES, LEAK_UNDER_STICKY_BATCHES));
    }

    boolean heldOut() {
        return HELD_OUT.contains(this);
    }

    @Override
    public boolean leaks() {
        return name().startsWith("LEAK");
    }

    @Override
    public Recording draw(long seed, boolean earlier) {
        return OddGenerator.draw(this, seed, earlier);
    }
}
