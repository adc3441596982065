package io.staunch.remedy;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Rate;
import java.time.Duration;

/// Did the act end the growth? Compares the growth of one series before the act with the detector's verdict on the
/// samples taken after it. Pure.
public final class EffectCheck {
    /// A growth of at most this share of the one before counts as ended, if the detector has an explanation for it.
    private static final double REMAINDER = 0.2;

    private EffectCheck() {}

    /// Helped, did not help, or too early to say.
    ///
    /// @param series  what grew
    /// @param before  the rate at which it grew before the act
    /// @param after   the verdict on samples that were all taken after the act
    /// @param watched how long those samples span
    public static Effect judge(Series series, Rate before, Verdict after, Duration watched) {
        return switch (after) {
            case Verdict.Leaking leaking ->
                new Effect.DidNotHelp(compare(series, before, leaking.rate().perHour(), watched, leaking.why()));
            case Verdict.Growing growing ->
                growing.rate().perHour() <= REMAINDER * before.perHour()
                        ? new Effect.Helped(
                                compare(series, before, growing.rate().perHour(), watched, growing.why()))
                        : new Effect.TooEarly(growing.why());
            case Verdict.Steady(var why) -> new Effect.Helped(compare(series, before, 0, watched, why));
            case Verdict.Unknown(var why) -> new Effect.TooEarly(why);
        };
    }

    private static Effect.Comparison compare(Series series, Rate before, double after, Duration watched, String why) {
        return new Effect.Comparison(series, before.perHour(), after, watched, why);
    }
}
