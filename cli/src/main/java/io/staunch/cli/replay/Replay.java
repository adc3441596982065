package io.staunch.cli.replay;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs one recorded series through the detector of production. Rows before minute 0 are the history of a service
/// that was well; minute 0 begins the life that is judged. Rows come without a word about their unit, so that
/// shares of the limit count, not bytes.
final class Replay {
    private static final Instant MINUTE_0 = Instant.parse("2000-01-01T00:00:00Z");
    /// The detector expects warm-ups and jobs of up to a day. A recording that is finer than this is a quick run.
    private static final double COARSE_SECONDS = 60;

    private static final Duration A_DAY = Duration.ofDays(1);

    /// An alarm that was raised in the replay, with minutes of the recording.
    record Alarm(double minute, Verdict.Leaking leaking) {
        static double minute(Instant at) {
            return Duration.between(MINUTE_0, at).toNanos() / 60e9;
        }
    }

    record Result(String id, List<Alarm> alarms, Verdict verdict) {}

    private Replay() {}

    static Result of(RecordedSeries series) {
        Detector detector = Detector.of(DetectorOptions.floor().withSettling(settling(series)));
        List<Alarm> alarms = new ArrayList<>();
        boolean history = false;
        boolean alarmed = false;
        for (RecordedSeries.Row row : series.rows()) {
            if (row.minute() < 0) {
                history = true;
            } else if (history) {
                detector.baseline(at(row.minute()));
                history = false;
            }
            feed(detector, row);
            boolean leaking = row.minute() >= 0 && !history && detector.isLeaking();
            if (leaking && !alarmed && detector.verdict() instanceof Verdict.Leaking found) {
                alarms.add(new Alarm(row.minute(), found));
                alarmed = true;
            }
            alarmed &= leaking;
        }
        Verdict last = detector.verdict();
        if (!alarmed && last instanceof Verdict.Leaking found && !series.rows().isEmpty()) {
            alarms.add(new Alarm(series.rows().getLast().minute(), found));
        }
        return new Result(series.id(), alarms, last);
    }

    private static void feed(Detector detector, RecordedSeries.Row row) {
        Instant at = at(row.minute());
        row.event().ifPresent(event -> detector.event(at, event));
        row.limit().ifPresent(limit -> detector.limit(at, limit));
        row.load().ifPresent(load -> detector.load(new Sample(at, load)));
        row.value().ifPresent(value -> detector.accept(new Sample(at, value)));
    }

    private static Instant at(double minute) {
        return MINUTE_0.plusNanos(Math.round(minute * 60e9));
    }

    private static Duration settling(RecordedSeries series) {
        int n = Math.min(200, series.rows().size());
        if (n < 3) {
            return A_DAY;
        }
        double[] gaps = new double[n - 1];
        for (int i = 1; i < n; i++) {
            gaps[i - 1] = 60
                    * (series.rows().get(i).minute() - series.rows().get(i - 1).minute());
        }
        Arrays.sort(gaps);
        double share = Math.clamp(gaps[gaps.length / 2] / COARSE_SECONDS, 0.005, 1);
        return Duration.ofMillis((long) (A_DAY.toMillis() * share * share));
    }
}
