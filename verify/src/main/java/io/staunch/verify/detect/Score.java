package io.staunch.verify.detect;

import io.staunch.detect.Verdict.Exhaustion;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the detector did on the series of one shape, or of all.
final class Score {
    /// Seconds until the limit, as told at the first alarm.
    record Told(double earliest, double expected, double latest) {
        static Optional<Told> of(Optional<Exhaustion> exhaustion, Instant now) {
            return exhaustion.map(at -> new Told(
                    seconds(now, at.earliest()),
                    seconds(now, at.expected()),
                    seconds(now, at.latest().orElse(Instant.MAX))));
        }

        private static double seconds(Instant from, Instant to) {
            return to.getEpochSecond() - from.getEpochSecond();
        }
    }

    private final String name;
    private int leaks;
    private int quiet;
    private int found;
    private int falsely;
    private int episodes;
    private double quietDays;
    private int exhausted;
    private int firstHalf;
    private int covered;
    private final List<Double> hours = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> widths = new ArrayList<>();

    Score(String name) {
        this.name = name;
    }

    /// @param early index of the first alarm before the onset, −1 for none
    /// @param first index of the first alarm after it, or on a series without a leak, −1 for none
    /// @param alarms episodes of alarm
    void add(Recording recording, int early, int first, int alarms, Optional<Told> told) {
        if (!recording.leaks()) {
            quiet++;
            quietDays += recording.seconds() / 86_400;
            falsely += first >= 0 ? 1 : 0;
            episodes += alarms;
            return;
        }
        leaks++;
        falsely += early >= 0 ? 1 : 0;
        boolean ends = recording.exhaustion() >= 0;
        exhausted += ends ? 1 : 0;
        if (first < 0) {
            return;
        }
        found++;
        int after = first - recording.onset();
        hours.add(after * (double) recording.secondsApart() / 3600);
        if (ends) {
            firstHalf += 2 * after <= recording.exhaustion() - recording.onset() ? 1 : 0;
            double left = (recording.exhaustion() - first) * (double) recording.secondsApart();
            told.ifPresent(times -> judge(times, left));
        }
    }

    private void judge(Told told, double trueSeconds) {
        covered += trueSeconds >= told.earliest() && trueSeconds <= told.latest() ? 1 : 0;
        ratios.add(trueSeconds / Math.max(1, told.expected()));
        widths.add(told.latest() / Math.max(1, told.earliest()));
    }

    private void add(Score other) {
        leaks += other.leaks;
        quiet += other.quiet;
        found += other.found;
        falsely += other.falsely;
        episodes += other.episodes;
        quietDays += other.quietDays;
        exhausted += other.exhausted;
        firstHalf += other.firstHalf;
        covered += other.covered;
        hours.addAll(other.hours);
        ratios.addAll(other.ratios);
        widths.addAll(other.widths);
    }

    private static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    static void print(List<Score> scores, PrintStream out) {
        Score all = new Score("all");
        for (Score score : scores) {
            all.add(score);
            if (score.leaks > 0) {
                out.printf(
                        Locale.ROOT,
                        "%-26s found %3d of %3d, first half %3d of %3d, median %5.1f h, false %d%n",
                        score.name,
                        score.found,
                        score.leaks,
                        score.firstHalf,
                        score.exhausted,
                        quantile(score.hours, 0.5),
                        score.falsely);
            } else {
                out.printf(Locale.ROOT, "%-26s false %3d of %3d%n", score.name, score.falsely, score.quiet);
            }
        }
        all.summary(out);
    }

    private void summary(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "precision %.3f, recall %.3f, first half %.3f, false alarms per 1000 series-days %.2f, median %.1f h%n",
                found / (double) Math.max(1, found + falsely),
                found / (double) Math.max(1, leaks),
                firstHalf / (double) Math.max(1, exhausted),
                1000.0 * episodes / Math.max(1, quietDays),
                quantile(hours, 0.5));
        out.printf(
                Locale.ROOT,
                "time to exhaustion: 80 %% interval covers %.3f of %d, median width %.1f, true/expected q10 %.2f q50 %.2f q90"
                        + " %.2f%n",
                covered / (double) Math.max(1, ratios.size()),
                ratios.size(),
                quantile(widths, 0.5),
                quantile(ratios, 0.1),
                quantile(ratios, 0.5),
                quantile(ratios, 0.9));
    }
}
