package io.staunch.cli.replay;

import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Event;
import io.staunch.detect.Sample;
import io.staunch.detect.Verdict;
import io.staunch.detect.Workbench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One recorded series on its way through the detector of production. Rows before minute 0 are the history of a
/// service that was well; minute 0 begins the life that is judged. Rows come without a word about their unit, so
/// that shares of the limit count, not bytes. Rows wait until they can be put in the order of time, as far as there is
/// room. Not thread-safe.
final class SeriesReplay {
    private static final Instant MINUTE_0 = Instant.parse("2000-01-01T00:00:00Z");
    private static final int GAPS = 200;
    private static final Duration A_DAY = Duration.ofDays(1);

    /// An alarm that was raised in the replay, with minutes of the recording.
    record Alarm(double minute, Verdict.Leaking leaking) {
        static double minute(Instant at) {
            return Duration.between(MINUTE_0, at).toNanos() / 60e9;
        }
    }

    private final Workbench bench;
    private final List<Row> waiting = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private Optional<Detector> detector = Optional.empty();
    private Duration settling = A_DAY;
    private double last = Double.NEGATIVE_INFINITY;
    private boolean history;
    private boolean restarted = true;
    private double lastLeaking = Double.NEGATIVE_INFINITY;
    private long late;

    SeriesReplay(Workbench bench) {
        this.bench = bench;
    }

    /// One more row.
    ///
    /// @param room how many rows may wait
    void accept(Row row, int room) {
        if (row.minute() < last) {
            late++;
            return;
        }
        waiting.add(row);
        if (waiting.size() >= room) {
            release(waiting.size() / 2);
        }
    }

    /// No more rows come.
    void end() {
        release(waiting.size());
    }

    /// Rows that came too late to be put in order.
    long late() {
        return late;
    }

    List<Alarm> alarms() {
        return alarms;
    }

    Verdict verdict() {
        return detector.<Verdict>map(Detector::verdict).orElseGet(() -> new Verdict.Unknown("no rows"));
    }

    double smallestVisibleRatePerHour() {
        return detector.map(Detector::smallestVisibleRatePerHour).orElse(Double.POSITIVE_INFINITY);
    }

    private void release(int count) {
        waiting.sort(Comparator.comparingDouble(Row::minute));
        if (detector.isEmpty()) {
            settling = settling();
            detector = Optional.of(
                    Detector.of(DetectorOptions.floor().withSettling(settling).withoutUnit(), bench));
        }
        Detector judge = detector.get();
        waiting.subList(0, count).forEach(row -> take(judge, row));
        waiting.subList(0, count).clear();
    }

    private void take(Detector judge, Row row) {
        last = row.minute();
        if (last < 0) {
            history = true;
        } else if (history) {
            judge.baseline(at(last));
            history = false;
        }
        feed(judge, row);
        if (last < 0 || !judge.isLeaking()) {
            return;
        }
        boolean episode = restarted || last - lastLeaking > settling.toSeconds() / 60.0;
        if (episode && judge.verdict() instanceof Verdict.Leaking found) {
            alarms.add(new Alarm(last, found));
            restarted = false;
            lastLeaking = last;
        } else if (!episode) {
            lastLeaking = last;
        }
    }

    private void feed(Detector judge, Row row) {
        Instant at = at(row.minute());
        row.event().ifPresent(event -> {
            judge.event(at, event);
            restarted |= event != Event.MIGRATION;
        });
        if (!Double.isNaN(row.limit())) {
            judge.limit(at, row.limit());
        }
        if (!Double.isNaN(row.load())) {
            judge.load(new Sample(at, row.load()));
        }
        if (!Double.isNaN(row.value())) {
            judge.accept(new Sample(at, row.value()));
        }
    }

    private static Instant at(double minute) {
        return MINUTE_0.plusNanos(Math.round(minute * 60e9));
    }

    private Duration settling() {
        double[] gaps = new double[Math.min(GAPS, waiting.size())];
        int count = 0;
        for (int i = 1; i < waiting.size() && count < gaps.length; i++) {
            double gap = 60 * (waiting.get(i).minute() - waiting.get(i - 1).minute());
            if (gap > 0) {
                gaps[count++] = gap;
            }
        }
        if (count < 2) {
            return A_DAY;
        }
        Arrays.sort(gaps, 0, count);
        return DetectorOptions.settling(Duration.ofNanos(Math.round(1e9 * gaps[count / 2])));
    }
}
