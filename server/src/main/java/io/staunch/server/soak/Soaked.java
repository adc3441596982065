package io.staunch.server.soak;

import io.staunch.detect.Comparison;
import io.staunch.detect.Sample;
import io.staunch.detect.Verdict;
import io.staunch.server.Floor;
import io.staunch.server.Gate;
import io.staunch.server.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a soak has shown.
///
/// @param comparison  of both sides; empty without a baseline, and where they were not measured alike
/// @param smallest    the smallest leak of the candidate's that would have been seen; empty if none would have been
/// @param ended       why the watch ended before its time, if the load did
/// @param interrupted whether somebody ended it before its time
public record Soaked(
        SoakPlan plan,
        Run candidate,
        Optional<Run> baseline,
        Optional<Comparison.Answer> comparison,
        Optional<SmallestLeak> smallest,
        Optional<String> ended,
        boolean interrupted,
        SoakAnswer answer) {
    /// Of ever calling a candidate worse that is not.
    private static final double RISK = 0.01;

    /// One side.
    ///
    /// @param floor what the verdict on its memory rests on
    /// @param died  how its process ended, if it did so while it was watched
    public record Run(SideName name, Outcome outcome, Optional<Floor> floor, Optional<String> died) {
        Verdict verdict() {
            return outcome.diagnosis().overall().verdict();
        }
    }

    static Soaked of(SoakPlan plan, List<Run> runs, Optional<String> ended, boolean interrupted) {
        Run candidate = runs.getFirst();
        Optional<Run> baseline = runs.size() > 1 ? Optional.of(runs.getLast()) : Optional.empty();
        Optional<Comparison.Answer> comparison = baseline.flatMap(other -> compare(candidate, other));
        Optional<SmallestLeak> smallest = candidate
                .floor()
                .flatMap(floor -> SmallestLeak.of(floor, candidate.outcome().watched()));
        Optional<String> tooShort =
                ended.filter(_ -> candidate.outcome().watched().compareTo(enoughOf(plan.time())) < 0);
        SoakAnswer answer = new SoakJudge(candidate, baseline, comparison, smallest, tooShort, interrupted).answer();
        return new Soaked(plan, candidate, baseline, comparison, smallest, ended, interrupted, answer);
    }

    /// Loads keep time in their own way; one that ends much too early was not what somebody meant.
    private static Duration enoughOf(Duration time) {
        return time.multipliedBy(9).dividedBy(10);
    }

    /// The candidate first.
    public List<Run> sides() {
        return baseline.map(other -> List.of(candidate, other)).orElseGet(() -> List.of(candidate));
    }

    private static Optional<Comparison.Answer> compare(Run candidate, Run baseline) {
        Optional<Floor> one = candidate.floor();
        Optional<Floor> other = baseline.floor()
                .filter(floor -> one.filter(mine -> mine.series().equals(floor.series())
                                && mine.options().equals(floor.options()))
                        .isPresent());
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Comparison comparison = Comparison.of(one.get().options(), RISK, (double) Gate.TOLERABLE_BYTES);
        // Their uptimes differ by what they took to start; the load began for both at once.
        for (Sample sample : other.get().samples()) {
            comparison.baseline(seconds(baseline.outcome().from(), sample), sample.value());
        }
        for (Sample sample : one.get().samples()) {
            comparison.canary(seconds(candidate.outcome().from(), sample), sample.value());
        }
        return Optional.of(comparison.answer());
    }

    private static double seconds(Instant from, Sample sample) {
        return Duration.between(from, sample.at()).toNanos() / 1e9;
    }
}
