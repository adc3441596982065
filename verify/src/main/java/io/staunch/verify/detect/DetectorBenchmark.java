package io.staunch.verify.detect;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws series of every shape, runs them through the detector and prints how it did. An alarm before the onset,
/// or any alarm on a series that does not leak, is false; a leak counts only before its limit is reached.
///
/// Arguments: series per shape (20), seed (1), `history` or `alone` (whether an earlier life of the service is
/// known), `published`, `own`, `all` (both of these), `wild`, `odd` or `held` shapes (see [Subject]), or an expression
/// that names match; then, in any order, `every=15` (seconds between samples), `noload` (the load series is withheld)
/// and `messy` (see [Delivery]).
public final class DetectorBenchmark {
    private static final double CLOSE_SECONDS = 86_400;

    /// How arguments look, one after the other; the last stands for all that follow.
    private static final List<String> EXPECTED =
            List.of("[1-9]\\d{0,6}", "\\d{1,9}", "history|alone", ".+", "every=[1-9]\\d{0,5}|noload|messy");

    private DetectorBenchmark() {}

    public static void main(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (!args[i].matches(EXPECTED.get(Math.min(i, EXPECTED.size() - 1)))) {
                System.err.println("expected [SERIES [SEED [history|alone [SHAPES [every=SECONDS] [noload] [messy]]]]],"
                        + " found '" + args[i] + "'");
                System.exit(2);
            }
        }
        int series = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        boolean history = args.length < 3 || args[2].equals("history");
        String shapes = args.length > 3 ? args[3] : "published";
        Delivery delivery = delivery(List.of(args).subList(Math.min(4, args.length), args.length));
        List<Score> scores = new ArrayList<>();
        for (Subject subject : Subject.named(shapes)) {
            Score score = new Score(subject.name());
            for (int i = 0; i < series; i++) {
                long drawn = seed * 100_000 + i;
                Optional<Recording> earlier = history ? Optional.of(subject.draw(drawn, true)) : Optional.empty();
                run(subject.draw(drawn, false), earlier, delivery, score);
            }
            scores.add(score);
        }
        Score.print(scores, System.out);
    }

    private static Delivery delivery(List<String> words) {
        int every = 0;
        for (String word : words) {
            every = word.startsWith("every=") ? Integer.parseInt(word.substring(6)) : every;
        }
        return new Delivery(every, !words.contains("noload"), words.contains("messy"));
    }

    private static void run(Recording recording, Optional<Recording> earlier, Delivery delivery, Score score) {
        Detector detector = Detector.of(DetectorOptions.floor()
                .withSettling(DetectorOptions.settling(java.time.Duration.ofSeconds(recording.secondsApart()))));
        double offset = 0;
        if (earlier.isPresent()) {
            Recording past = earlier.get();
            for (int i = 0; i < past.value().length; i++) {
                delivery.feed(detector, past, i, 0);
            }
            offset = past.seconds();
            detector.baseline(Delivery.at(offset));
        }
        int end = recording.end();
        int early = -1;
        int first = -1;
        int episodes = 0;
        double lastAlarm = Double.NEGATIVE_INFINITY;
        Optional<Score.Told> told = Optional.empty();
        for (int i = 0; i < end; i++) {
            delivery.feed(detector, recording, i, offset);
            if (i < 2 || !detector.isLeaking()) {
                continue;
            }
            double seconds = i * (double) recording.secondsApart();
            episodes += seconds - lastAlarm > CLOSE_SECONDS ? 1 : 0;
            lastAlarm = seconds;
            if (recording.leaks() && i <= recording.onset()) {
                early = early < 0 ? i : early;
            } else if (first < 0) {
                first = i;
                if (detector.verdict() instanceof Verdict.Leaking leaking) {
                    told = Score.Told.of(leaking.exhaustion(), Delivery.at(seconds + offset));
                }
            }
        }
        score.add(recording, early, first, episodes, told);
    }
}
