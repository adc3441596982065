package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;

/// The verdict on one series of a target.
public record Judgement(Series series, Verdict verdict) {
    public boolean isLeak() {
        return verdict instanceof Verdict.Leaking;
    }
}
