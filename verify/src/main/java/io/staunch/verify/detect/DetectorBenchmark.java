package io.staunch.verify.detect;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Exhaustion;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws series of every shape, runs them through the detector and prints how it did. An alarm before the onset,
/// or any alarm on a series that does not leak, is false; a leak counts only before its limit is reached.
///
/// Arguments: series per shape (20), seed (1), `history` or `alone` (whether an earlier life of the service is
/// known), `published` or `own` or `all` shapes, or an expression that names match; then, in any order, `every=15`
/// (seconds between samples; 60), `noload` (the load series is withheld) and `messy` (see [Delivery]).
public final class DetectorBenchmark {
    private static final double CLOSE = 1440;

    private DetectorBenchmark() {}

    public static void main(String[] args) {
        int series = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        boolean history = args.length < 3 || args[2].equals("history");
        String shapes = args.length > 3 ? args[3] : "published";
        Delivery delivery = delivery(List.of(args).subList(Math.min(4, args.length), args.length));
        Map<Shape, Score> scores = new EnumMap<>(Shape.class);
        for (Shape shape : Shape.values()) {
            if (isAsked(shape, shapes)) {
                Score score = new Score();
                for (int i = 0; i < series; i++) {
                    score.add(run(shape, seed * 100_000 + i, history, delivery));
                }
                scores.put(shape, score);
            }
        }
        print(scores, System.out);
    }

    private static Delivery delivery(List<String> words) {
        int every = 60;
        for (String word : words) {
            every = word.startsWith("every=") ? Integer.parseInt(word.substring(6)) : every;
        }
        return new Delivery(every, !words.contains("noload"), words.contains("messy"));
    }

    private static boolean isAsked(Shape shape, String asked) {
        return switch (asked) {
            case "all" -> true;
            case "own" -> shape.own();
            case "published" -> !shape.own();
            default -> shape.name().matches(asked);
        };
    }

    /// What came of one series: minutes of the first alarm before and after the onset, −1 for none.
    private record Run(Recording recording, int early, int first, int episodes, List<Outlook> outlook) {}

    /// Minutes until the limit, as told at the first alarm.
    private record Outlook(double earliest, double expected, double latest) {
        static Outlook of(Exhaustion exhaustion, Instant now) {
            return new Outlook(
                    minutes(now, exhaustion.earliest()),
                    minutes(now, exhaustion.expected()),
                    minutes(now, exhaustion.latest().orElse(Instant.MAX)));
        }

        private static double minutes(Instant from, Instant to) {
            return (to.getEpochSecond() - from.getEpochSecond()) / 60.0;
        }
    }

    private static Run run(Shape shape, long seed, boolean history, Delivery delivery) {
        Recording recording = Generator.draw(shape, seed, false);
        Detector detector = Detector.of(DetectorOptions.floor());
        int offset = 0;
        if (history) {
            Recording past = Generator.draw(shape, seed, true);
            detector.limit(Delivery.at(0), past.limit());
            for (int t = 0; t < Recording.MINUTES; t++) {
                delivery.feed(detector, past, t, 0);
            }
            offset = Recording.MINUTES;
            detector.baseline(Delivery.at(offset));
        }
        detector.limit(Delivery.at(offset), recording.limit());
        int end = recording.exhaustion() >= 0 ? recording.exhaustion() : Recording.MINUTES;
        int early = -1;
        int first = -1;
        int episodes = 0;
        double lastAlarm = -CLOSE - 1;
        List<Outlook> outlook = new ArrayList<>();
        for (int t = 0; t < end; t++) {
            limitChange(detector, recording, t, offset);
            delivery.feed(detector, recording, t, offset);
            if (t < 2 || !detector.isLeaking()) {
                continue;
            }
            episodes += t - lastAlarm > CLOSE ? 1 : 0;
            lastAlarm = t;
            if (recording.leaks() && t <= recording.onset()) {
                early = early < 0 ? t : early;
            } else if (first < 0) {
                first = t;
                if (detector.verdict() instanceof Verdict.Leaking leaking) {
                    Instant now = Delivery.at(t + offset);
                    leaking.exhaustion().ifPresent(exhaustion -> outlook.add(Outlook.of(exhaustion, now)));
                }
            }
        }
        return new Run(recording, early, first, episodes, outlook);
    }

    private static void limitChange(Detector detector, Recording recording, int t, int offset) {
        if (recording.shape() == Shape.LIMIT_CHANGES && t % 4000 == 3999) {
            detector.limit(Delivery.at(t + offset), recording.limit() * (t % 8000 == 3999 ? 1.5 : 1));
        }
    }

    private static final class Score {
        int series;
        int found;
        int falsely;
        int episodes;
        int exhausted;
        int firstHalf;
        int covered;
        final List<Double> hours = new ArrayList<>();
        final List<Double> ratios = new ArrayList<>();
        final List<Double> widths = new ArrayList<>();

        void add(Run run) {
            series++;
            Recording recording = run.recording();
            if (!recording.leaks()) {
                falsely += run.first() >= 0 ? 1 : 0;
                episodes += run.episodes();
                return;
            }
            falsely += run.early() >= 0 ? 1 : 0;
            exhausted += recording.exhaustion() >= 0 ? 1 : 0;
            if (run.first() < 0) {
                return;
            }
            found++;
            hours.add((run.first() - recording.onset()) / 60.0);
            if (recording.exhaustion() >= 0) {
                firstHalf +=
                        2 * (run.first() - recording.onset()) <= recording.exhaustion() - recording.onset() ? 1 : 0;
                run.outlook().forEach(outlook -> judge(outlook, recording.exhaustion() - run.first()));
            }
        }

        private void judge(Outlook outlook, double trueMinutes) {
            covered += trueMinutes >= outlook.earliest() && trueMinutes <= outlook.latest() ? 1 : 0;
            ratios.add(trueMinutes / Math.max(1, outlook.expected()));
            widths.add(outlook.latest() / Math.max(1, outlook.earliest()));
        }
    }

    private static double quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static void print(Map<Shape, Score> scores, PrintStream out) {
        Score all = new Score();
        int quiet = 0;
        int leaks = 0;
        for (Map.Entry<Shape, Score> entry : scores.entrySet()) {
            Score score = entry.getValue();
            boolean leak = entry.getKey().leaks();
            leaks += leak ? score.series : 0;
            quiet += leak ? 0 : score.series;
            all.found += score.found;
            all.falsely += score.falsely;
            all.episodes += score.episodes;
            all.exhausted += score.exhausted;
            all.firstHalf += score.firstHalf;
            all.covered += score.covered;
            all.hours.addAll(score.hours);
            all.ratios.addAll(score.ratios);
            all.widths.addAll(score.widths);
            if (leak) {
                out.printf(
                        Locale.ROOT,
                        "%-26s found %3d of %3d, first half %3d of %3d, median %5.1f h, false %d%n",
                        entry.getKey(),
                        score.found,
                        score.series,
                        score.firstHalf,
                        score.exhausted,
                        quantile(score.hours, 0.5),
                        score.falsely);
            } else {
                out.printf(Locale.ROOT, "%-26s false %3d of %3d%n", entry.getKey(), score.falsely, score.series);
            }
        }
        out.printf(
                Locale.ROOT,
                "precision %.3f, recall %.3f, first half %.3f, false alarms per 1000 series-days %.2f, median %.1f h%n",
                all.found / (double) Math.max(1, all.found + all.falsely),
                all.found / (double) Math.max(1, leaks),
                all.firstHalf / (double) Math.max(1, all.exhausted),
                1000.0 * all.episodes / Math.max(1, 14 * quiet),
                quantile(all.hours, 0.5));
        out.printf(
                Locale.ROOT,
                "time to exhaustion: 80 %% interval covers %.3f of %d, median width %.1f, true/expected q10 %.2f q50 %.2f q90"
                        + " %.2f%n",
                all.covered / (double) Math.max(1, all.ratios.size()),
                all.ratios.size(),
                quantile(all.widths, 0.5),
                quantile(all.ratios, 0.1),
                quantile(all.ratios, 0.5),
                quantile(all.ratios, 0.9));
    }
}
