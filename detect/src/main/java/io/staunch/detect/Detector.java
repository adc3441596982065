package io.staunch.detect;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// Watches one series and says at any time whether it leaks. Samples may come at any spacing, from seconds to
/// hours; those of one instant in any order; what is older than the newest instant is ignored. One logic serves a
/// run of a minute and one of weeks: only the [DetectorOptions] differ.
///
/// State is constant. Not thread-safe. How it decides, and what it guarantees, is told in docs/detector.md.
public final class Detector {
    private static final int MOST_BYTES = 1 + Intake.BYTES + Watch.mostBytes();
    private static final byte FORMAT = 5;

    private final Workbench bench;
    private final Intake intake;
    private final Watch watch;

    private Detector(Workbench bench, Intake intake, Watch watch) {
        this.bench = bench;
        this.intake = intake;
        this.watch = watch;
    }

    public static Detector of(DetectorOptions options) {
        return of(options, new Workbench());
    }

    /// A new detector.
    ///
    /// @param bench shared with other detectors that the same thread feeds
    public static Detector of(DetectorOptions options, Workbench bench) {
        return new Detector(bench, new Intake(), new Watch(options));
    }

    /// A detector that goes on where [#save] left off, to the bit. The options must be those it was made with.
    ///
    /// @throws IllegalArgumentException if these are not bytes that `save` made
    public static Detector restore(DetectorOptions options, byte[] saved) {
        return restore(options, new Workbench(), saved);
    }

    /// The same, with a shared workbench.
    public static Detector restore(DetectorOptions options, Workbench bench, byte[] saved) {
        if (saved.length == 0 || saved[0] != FORMAT) {
            throw new IllegalArgumentException("saved detector: expected format " + FORMAT + ", found "
                    + (saved.length == 0 ? "no bytes" : "" + saved[0]));
        }
        ByteBuffer bytes = ByteBuffer.wrap(saved).position(1);
        return new Detector(bench, Intake.read(bytes), Watch.read(options, bytes));
    }

    /// A detector for another process of the same service, which knows what this one learned: a later one, or
    /// one of another release that runs beside this. Growth like that of this life at the same uptime is no leak
    /// for it. This detector stays as it is.
    ///
    /// ```java
    /// // One process was replaced by another: its caches and pools will fill as they did in the last one.
    /// boolean well = !(last.verdict() instanceof Verdict.Leaking);
    /// Detector next = last.successor(processStart, well);
    /// ```
    ///
    /// @param start when that process began, not when it was first seen: lives are compared by uptime. Its
    ///              samples must not be older
    /// @param well  whether this life shows how the service behaves when it is well; one that leaked or was too
    ///              short to tell does not
    public Detector successor(Instant start, boolean well) {
        Detector now = settled();
        Intake next = now.intake.successor(start);
        now.watch.succeed(next.seconds(), well);
        return new Detector(bench, next, now.watch);
    }

    /// The whole state; at most 2 KB.
    public byte[] save() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).put(FORMAT);
        intake.write(bytes);
        watch.write(bytes);
        byte[] saved = new byte[bytes.position()];
        bytes.flip().get(saved);
        return saved;
    }

    public void accept(Sample sample) {
        Instant at = sample.at();
        intake.sample(at.getEpochSecond(), at.getNano(), sample.value(), watch, bench);
    }

    /// The same without an object a sample.
    ///
    /// @param value finite
    public void accept(long epochMillis, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("sample: expected a finite value, found " + value);
        }
        long second = Math.floorDiv(epochMillis, 1000L);
        intake.sample(second, (int) (epochMillis - 1000 * second) * 1_000_000, value, watch, bench);
    }

    /// The load at a time (requests per second, say), in any unit that stays the same.
    public void load(Sample load) {
        Instant at = load.at();
        intake.load(at.getEpochSecond(), at.getNano(), load.value(), watch, bench);
    }

    /// The same without an object a sample.
    public void load(long epochMillis, double load) {
        long second = Math.floorDiv(epochMillis, 1000L);
        intake.load(second, (int) (epochMillis - 1000 * second) * 1_000_000, load, watch, bench);
    }

    /// From this time on the series can't exceed the limit.
    public void limit(Instant at, double limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit at " + at + ": expected more than 0, found " + limit);
        }
        intake.limit(at, limit, watch, bench);
    }

    public void event(Instant at, Event event) {
        intake.event(at, event, watch, bench);
    }

    /// All that was seen before is how the service behaves when it is well, such as the history of its last good
    /// release; a new life begins.
    public void baseline(Instant at) {
        intake.baseline(at, watch, bench);
    }

    /// What the samples so far say. Does not change the state.
    public Verdict verdict() {
        Detector now = settled();
        DetectorOptions options = watch.options();
        if (now.watch.samples() < Judge.FEWEST_POINTS) {
            return Verdicts.tooFew(now.watch.samples());
        }
        List<Finding> findings = now.watch.findings(now.intake.limit(), bench);
        if (findings.isEmpty()) {
            return new Verdict.Unknown("the samples lie too close in time to show a trend");
        }
        List<Finding> leaks = Watch.leaks(findings);
        boolean allOrNothing = options.noise() == DetectorOptions.Noise.LOADED;
        if (allOrNothing && findings.getLast().kind() != Finding.Kind.LEAK) {
            leaks = List.of();
        }
        boolean leaking = options.patience() > 0 ? now.watch.called() : !leaks.isEmpty();
        double born = now.watch.bornSeconds();
        return leaking
                ? new Verdicts(options)
                        .leaking(
                                leaks.isEmpty() ? growing(findings) : leaks,
                                findings.size(),
                                now.watch.now(),
                                now.watch.hidden(),
                                age -> intake.instant(born + age))
                : new Verdicts(options).withoutLeak(findings);
    }

    /// Whether the verdict is `Leaking`, for detectors with patience, without the cost of a verdict. The newest
    /// instant counts from the next one on.
    public boolean isLeaking() {
        return watch.called();
    }

    /// The smallest growth per hour, in the series' unit, that could have been called a leak by now, had it gone
    /// on for as long as the best of the windows; infinite until there are samples enough. It passes size,
    /// evidence, the swings of the series and patience as often as not: it is no lower bound of what is found.
    public double smallestVisibleRatePerHour() {
        Detector now = settled();
        return 3600 * now.watch.smallestVisible(now.intake.limit(), bench);
    }

    /// This detector as if the open instant were over.
    private Detector settled() {
        Detector now = restore(watch.options(), bench, save());
        now.intake.settle(now.watch, bench);
        return now;
    }

    /// The longest window that still rises, for a leak that was called and is not seen quite so well now.
    private static List<Finding> growing(List<Finding> findings) {
        Finding best = findings.getLast();
        for (Finding finding : findings) {
            if (finding.slope() > 0 && finding.logEvidence() > best.logEvidence()) {
                best = finding;
            }
        }
        return List.of(best);
    }
}
