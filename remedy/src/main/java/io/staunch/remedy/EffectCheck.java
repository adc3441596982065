package io.staunch.remedy;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Did the act end the growth? Compares the detector's verdict on one series from before the act with the one on
/// the samples taken after it. Pure.
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
        String earlier =
                series.name() + " grew by " + amount(before.perHour(), series.unit()) + " an hour before the act";
        return switch (after) {
            case Verdict.Leaking(var rate, var since, var exhaustion, var confidence, var why) ->
                new Effect.DidNotHelp(List.of(
                        earlier + ", and by " + amount(rate.perHour(), series.unit()) + " an hour in the "
                                + seconds(watched) + " after it.",
                        sentence(why)));
            case Verdict.Growing(var rate, var explanation, var why) ->
                rate.perHour() <= REMAINDER * before.perHour()
                        ? new Effect.Helped(List.of(
                                earlier + ", and by " + amount(rate.perHour(), series.unit()) + " an hour in the "
                                        + seconds(watched) + " after it.",
                                sentence(why)))
                        : new Effect.TooEarly(List.of(
                                earlier + "; after it the growth is not yet told apart from " + "another cause.",
                                sentence(why)));
            case Verdict.Steady(var why) ->
                new Effect.Helped(
                        List.of(earlier + ", and not at all in the " + seconds(watched) + " after it.", sentence(why)));
            case Verdict.Unknown(var why) -> new Effect.TooEarly(List.of(sentence(why)));
        };
    }

    private static String sentence(String why) {
        return why.endsWith(".") ? why : why + ".";
    }

    private static String seconds(Duration watched) {
        return watched.toSeconds() < 180 ? watched.toSeconds() + " s" : watched.toMinutes() + " min";
    }

    private static String amount(double value, Unit unit) {
        return switch (unit) {
            case BYTES -> bytes(value);
            case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
            case PER_SECOND, SECONDS, RATIO -> String.format(Locale.ROOT, "%.2f %s", value, unit.symbol());
        };
    }

    private static String bytes(double value) {
        double megabytes = value / 1e6;
        return Math.abs(megabytes) >= 1000
                ? String.format(Locale.ROOT, "%.1f GB", megabytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", megabytes);
    }
}
