package io.staunch.remedy;

import io.staunch.detect.Series;
import java.time.Duration;

/// Whether an act ended the growth.
public sealed interface Effect {
    /// The growth ended.
    record Helped(Comparison comparison) implements Effect {}

    /// The growth goes on: what was acted on is not the cause, or not all of it.
    record DidNotHelp(Comparison comparison) implements Effect {}

    /// The time since the act is too short to tell; `why` says what is missing.
    record TooEarly(String why) implements Effect {}

    /// The growth of one series before and after the act, per hour in the series' unit.
    ///
    /// @param watched how long the samples after the act span
    /// @param why     the detector's reason for its verdict on them
    record Comparison(Series series, double perHourBefore, double perHourAfter, Duration watched, String why) {}
}
