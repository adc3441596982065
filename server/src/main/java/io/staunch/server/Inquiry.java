package io.staunch.server;

import io.staunch.collect.TargetGone;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one kind of target is asked beyond its readings, and what the answers mean. Not thread-safe.
sealed interface Inquiry extends AutoCloseable permits JvmInquiry, PlainInquiry, RedisInquiry {
    /// From now on more is asked than readings, suspicious or not.
    default void ask(Instant now) {}

    /// Whether nothing is suspicious, and each reading costs the target something: then fewer will do.
    default boolean isCalm() {
        return false;
    }

    /// Whether so little is known yet that the heap is worth reading more often than usual.
    default boolean isPressed(Instant now) {
        return false;
    }

    /// Asks what is due.
    ///
    /// @return whether something was learned that should be kept soon
    boolean climb(Instant now) throws TargetGone, InterruptedException;

    /// The verdicts by all that is known now.
    ///
    /// @param from when watching began
    Judged judge(Instant from, Instant now);

    /// Decides by the latest verdict what is asked from now on.
    void weigh(Instant now, Judgement overall);

    /// Whether enough was seen to name what leaks.
    boolean canName();

    /// Names what leaks, as far as it can be told; may ask the target for more. The verdicts may be others afterwards.
    Optional<Culprit> name(Judgement overall) throws TargetGone, InterruptedException;

    /// What piles up.
    ///
    /// @param culprit empty unless the verdict has one
    Held held(Optional<Culprit> culprit);

    /// What the heap is made of over time, by type and by owning library; empty where that can't be known.
    default Map<Series, List<Sample>> composition() {
        return Map.of();
    }

    @Override
    void close();

    /// The verdict on each series as the others leave it, and the one that explains most.
    record Judged(List<Judgement> judgements, Judgement overall) {
        public Judged {
            judgements = List.copyOf(judgements);
        }
    }
}
