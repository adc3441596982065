package io.staunch.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What JFR's old-object samples tell of allocation sites. A sample is an object that was allocated after sampling
/// began and was still there at the dump; young garbage can be among them.
public sealed interface OldObjects {
    /// What was sampled.
    ///
    /// @param sites   the most samples first
    /// @param sampled how long was sampled
    record Seen(Instant at, Duration sampled, List<Site> sites) implements OldObjects {
        public Seen {
            sites = List.copyOf(sites);
        }
    }

    /// This target can't be sampled; `why` says the reason.
    record NotMeasured(String why) implements OldObjects {}

    /// Where objects of a type were allocated.
    ///
    /// @param stack  innermost frame first, as `com.shop.SessionStore.open(SessionStore.java:41)`
    /// @param count  samples
    /// @param oldest the age of the oldest of them at the dump
    record Site(String type, List<String> stack, long count, Duration oldest) {
        public Site {
            stack = List.copyOf(stack);
        }
    }
}
