package io.staunch.detect;

import java.time.Instant;
import java.util.Optional;

/// What the detector says of one series. Rates are in the series' unit per hour. Every verdict says why in one
/// sentence.
public sealed interface Verdict {
    String why();

    /// It grows without an end in sight.
    ///
    /// @param rate         growth per hour now, and the ends of its 90 % interval
    /// @param since        when the growth began, as far as the samples tell
    /// @param exhaustion   when the limit is reached; absent if the series has no limit
    /// @param confidence   1 − the probability that samples like these come from a series that does not leak
    record Leaking(Rate rate, Instant since, Optional<Exhaustion> exhaustion, double confidence, String why)
            implements Verdict {
        public Leaking {
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence: expected 0 to 1, found " + confidence);
            }
        }
    }

    /// It grows, and there is an explanation other than a leak.
    record Growing(Rate rate, Explanation explanation, String why) implements Verdict {}

    /// It does not grow.
    record Steady(String why) implements Verdict {}

    /// The samples can't tell; `why` says what is missing.
    record Unknown(String why) implements Verdict {}

    /// What explains a growth that is no leak.
    enum Explanation {
        WARMING_UP,
        FOLLOWS_LOAD,
        BOUNDED,
        DATA_GROWTH,
        STEP
    }

    /// Growth per hour with the ends of its 90 % interval, in the series' unit.
    record Rate(double perHour, double low, double high) {
        public Rate {
            if (!(low <= perHour && perHour <= high)) {
                throw new IllegalArgumentException(
                        "rate: expected low ≤ rate ≤ high, found " + low + ", " + perHour + ", " + high);
            }
        }
    }

    /// When the limit is reached, with the ends of the 80 % interval; `latest` is absent when the growth may end
    /// before.
    record Exhaustion(Instant expected, Instant earliest, Optional<Instant> latest) {}
}
