package io.staunch.diagnose;

import io.staunch.collect.ProcessProbe;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One verdict over all series of a target.
///
/// A detector knows one series; each series has innocent ways to grow that another one gives away. So each verdict is
/// first checked against the other series and against the types that grow, and only then the one that explains most is
/// chosen: never the most alarming of many.
public final class OverallVerdict {
    /// Own types that grow by less are no leak worth a word after a short look.
    private static final double LEAST_TYPED_BYTES_PER_HOUR = 60 * 48 * 1024;
    /// … unless they have at least this part of it and with what comes with each of them so many times as much.
    private static final double LEAST_OWN_PART = 1.0 / 3;

    private static final double LEAST_TOGETHER = 3;
    /// Types of the platform alone must grow by as much, so many of them in step.
    private static final double LEAST_PLATFORM_BYTES_PER_HOUR = 60 * 256 * 1024;

    private static final int FEWEST_IN_STEP = 3;
    /// A leak that types alone show must be as even as this: the tail's rate against the whole's.
    private static final double LEAST_EVENNESS = 0.6;
    /// … or, where the live set as a whole looks as if it came to an end, as this.
    private static final double LEAST_EVENNESS_AGAINST_AN_END = 0.85;

    private static final Duration LEAST_COUNTED_WATCH = Duration.ofSeconds(45);
    private static final double LEAST_NATIVE_BYTES_PER_HOUR = 60 * 1024 * 1024;
    private static final double LEAST_RESIDENT_BYTES_PER_HOUR = 512 * 1024;
    /// What no histogram bears out must have grown for so long.
    private static final Duration LEAST_UNTYPED_WATCH = Duration.ofMinutes(10);
    /// Six megabytes a minute.
    private static final double LEAST_SUDDEN_NATIVE_BYTES_PER_HOUR = 6 * LEAST_NATIVE_BYTES_PER_HOUR;
    /// What tells most of the memory of a target as a whole, by what it is; the best first.
    public static final List<Series> TELLING = List.of(
            Series.LIVE_SET,
            Series.LIVE_SET.of("upper bound"),
            Series.REDIS_USED_MEMORY,
            ProcessProbe.ANONYMOUS,
            Series.RSS);

    private static final double BYTES_PER_THREAD = 96 * 1024;
    private static final double BYTES_PER_COUNT = 1024;

    private final List<Judgement> judgements;
    private final List<GrowingType> growing;
    private final boolean typesSeen;
    private final boolean softlyHeld;
    private final Duration watched;

    private OverallVerdict(
            List<Judgement> judgements,
            List<GrowingType> growing,
            boolean typesSeen,
            boolean softlyHeld,
            Duration watched) {
        this.judgements = judgements;
        this.growing = growing;
        this.typesSeen = typesSeen;
        this.softlyHeld = softlyHeld;
        this.watched = watched;
    }

    /// Each judgement as the others leave it; same order.
    ///
    /// @param typesSeen  enough histograms were taken for `growing` to mean something
    /// @param softlyHeld a heap dump or the growing types show that soft references alone hold what grows
    public static List<Judgement> reconcile(
            List<Judgement> judgements,
            List<GrowingType> growing,
            boolean typesSeen,
            boolean softlyHeld,
            Duration watched) {
        OverallVerdict overall = new OverallVerdict(judgements, growing, typesSeen, softlyHeld, watched);
        return judgements.stream()
                .map(judgement -> new Judgement(judgement.series(), overall.reconciled(judgement)))
                .toList();
    }

    /// The judgement that explains most: the leak that costs most, else what is said of the live set.
    public static Judgement choose(List<Judgement> reconciled) {
        Optional<Judgement> leak = reconciled.stream()
                .filter(Judgement::isLeak)
                .filter(judgement -> explainsMemory(judgement.series()))
                .max(Comparator.comparingDouble(OverallVerdict::bytesPerHour));
        return leak.or(() -> TELLING.stream()
                        .flatMap(series -> of(reconciled, series).stream())
                        .findFirst())
                .or(() -> reconciled.stream().findFirst())
                .orElseGet(() -> new Judgement(Series.LIVE_SET, new Unknown("nothing could be measured")));
    }

    private Verdict reconciled(Judgement judgement) {
        Series series = judgement.series();
        if (series.equals(Series.LIVE_SET)) {
            return liveSet(judgement.verdict());
        }
        if (!(judgement.verdict() instanceof Leaking leaking)) {
            return judgement.verdict();
        }
        if (series.equals(Series.METASPACE)) {
            return metaspace(leaking);
        }
        if (series.equals(Series.NATIVE_MEMORY)) {
            return nativeMemory(leaking);
        }
        if (series.equals(Series.RSS_BEYOND_HEAP)) {
            return beyondHeap(leaking);
        }
        if (series.equals(ProcessProbe.ANONYMOUS) || series.equals(Series.RSS)) {
            return resident(series, leaking);
        }
        return series.unit() == Unit.COUNT ? counted(series, leaking) : spoken(series, leaking);
    }

    /// Pools of threads and connections fill within the first minute of a service, and look like a leak until they are
    /// full. Threads that pile up do so on the heap too: as many objects as threads.
    private Verdict counted(Series series, Leaking leaking) {
        if (watched.compareTo(LEAST_COUNTED_WATCH) < 0) {
            return new Unknown(grew(series, leaking) + ": too soon to tell from a pool that fills");
        }
        boolean borneOut = !series.equals(Series.THREADS)
                || !typesSeen
                || watched.compareTo(LEAST_UNTYPED_WATCH) >= 0
                || growing.stream().anyMatch(type -> isAsManyAs(type, leaking));
        return borneOut
                ? spoken(series, leaking)
                : new Growing(
                        leaking.rate(),
                        Explanation.WARMING_UP,
                        series.name() + " grew, but the class histograms show no type that piles up at that pace");
    }

    private static boolean isAsManyAs(GrowingType type, Leaking leaking) {
        double share = type.instancesPerHour() / leaking.rate().perHour();
        return share > 0.5 && share < 2;
    }

    private Verdict liveSet(Verdict verdict) {
        return switch (verdict) {
            case Leaking leaking -> {
                if (softlyHeld) {
                    yield new Growing(
                            leaking.rate(),
                            Explanation.BOUNDED,
                            "grows, but soft references alone hold it: it goes before memory runs out");
                }
                if (typesSeen && growing.isEmpty()) {
                    yield new Unknown("the live set grew by "
                            + Figures.rate(Series.LIVE_SET, leaking.rate().perHour())
                            + ", but no type grows steadily: watch for longer");
                }
                yield spoken(Series.LIVE_SET, leaking);
            }
            case Growing growing ->
                switch (growing.explanation()) {
                    case WARMING_UP, BOUNDED ->
                        byTypes(LEAST_EVENNESS_AGAINST_AN_END).orElse(verdict);
                    case FOLLOWS_LOAD, DATA_GROWTH, STEP -> verdict;
                };
            case Steady _, Unknown _ -> byTypes(LEAST_EVENNESS).orElse(verdict);
        };
    }

    /// Types tell more than their sum: a thousand more sessions show among sessions, not in a live set that other work
    /// moves up and down.
    private Optional<Verdict> byTypes(double leastEvenness) {
        if (!typesSeen || softlyHeld) {
            return Optional.empty();
        }
        List<GrowingType> piled = ownTypes(leastEvenness);
        if (piled.isEmpty()) {
            piled = platformTypes();
        }
        return piled.isEmpty() ? Optional.empty() : Optional.of(typedLeak(piled));
    }

    /// The application's and libraries' types that grow evenly, with those of the platform that come with each of them;
    /// none where that is too little to be worth a word.
    private List<GrowingType> ownTypes(double leastEvenness) {
        List<GrowingType> even = growing.stream()
                .filter(type -> type.tailShare() >= leastEvenness)
                .toList();
        List<GrowingType> own =
                even.stream().filter(type -> type.origin() == Origin.OWN).toList();
        List<GrowingType> together = even.stream()
                .filter(type -> own.contains(type) || own.stream().anyMatch(lead -> comesWith(type, lead)))
                .toList();
        double ownBytes = bytesPerHour(own);
        boolean much = ownBytes >= LEAST_TYPED_BYTES_PER_HOUR
                || (ownBytes >= LEAST_OWN_PART * LEAST_TYPED_BYTES_PER_HOUR
                        && bytesPerHour(together) >= LEAST_TOGETHER * LEAST_TYPED_BYTES_PER_HOUR);
        return much ? together : List.of();
    }

    private static boolean comesWith(GrowingType type, GrowingType own) {
        return type.origin() != Origin.OWN && Blame.sameRate(type, own);
    }

    /// Where no type has a name of its own: entries of a collection, and what comes with each of them. Every type of
    /// the platform grows now and then; several that keep step to the end do so for one reason.
    private List<GrowingType> platformTypes() {
        List<GrowingType> even = growing.stream()
                .filter(type -> type.origin() != Origin.OWN && type.tailShare() >= LEAST_EVENNESS_AGAINST_AN_END)
                .toList();
        return even.stream()
                .filter(Blame::isEntry)
                .map(entry -> even.stream()
                        .filter(type -> Blame.sameRate(type, entry))
                        .toList())
                .filter(inStep ->
                        inStep.size() >= FEWEST_IN_STEP && bytesPerHour(inStep) >= LEAST_PLATFORM_BYTES_PER_HOUR)
                .findFirst()
                .orElse(List.of());
    }

    private static double bytesPerHour(List<GrowingType> types) {
        return types.stream().mapToDouble(GrowingType::bytesPerHour).sum();
    }

    private static Verdict typedLeak(List<GrowingType> piled) {
        GrowingType lead = piled.getFirst();
        double perHour = bytesPerHour(piled);
        return new Leaking(
                new Rate(perHour, 0.7 * perHour, 1.5 * perHour),
                lead.since(),
                Optional.empty(),
                0.99,
                "the live set as a whole does not tell, but " + lead.type() + " grew by "
                        + Figures.count(lead.instancesPerHour() / 60) + " instances a minute, evenly, to the end");
    }

    /// Metaspace grows with classes; without more classes it only fragments or warms up. A service that gets
    /// going slowly, on a busy machine, loads classes for minutes: so the histograms too must show classes that
    /// pile up to the end, or metaspace must have grown for long.
    private Verdict metaspace(Leaking leaking) {
        boolean classes = of(judgements, Series.CLASSES).map(Judgement::isLeak).orElse(true);
        if (!classes) {
            return new Growing(
                    leaking.rate(), Explanation.WARMING_UP, "metaspace grows, but the number of classes does not");
        }
        if (watched.compareTo(LEAST_UNTYPED_WATCH) >= 0 || growing.stream().anyMatch(OverallVerdict::isClass)) {
            return spoken(Series.METASPACE, leaking);
        }
        return typesSeen
                ? new Growing(
                        leaking.rate(),
                        Explanation.WARMING_UP,
                        "metaspace grew, but the class histograms show that loading does not go on steadily")
                : new Unknown(
                        "metaspace and the number of classes grow: class histograms will tell whether they go on");
    }

    private static boolean isClass(GrowingType type) {
        return type.type().equals("java.lang.Class");
    }

    /// What the JVM does not account for at all. Its own tables and the compiler's scratch memory take megabytes
    /// while a service gets going, so that in a short time only a large growth counts.
    private Verdict nativeMemory(Leaking leaking) {
        double left = leaking.rate().low() - explained(series -> series.unit() == Unit.COUNT);
        double least = watched.compareTo(LEAST_UNTYPED_WATCH) >= 0
                ? LEAST_NATIVE_BYTES_PER_HOUR
                : LEAST_SUDDEN_NATIVE_BYTES_PER_HOUR;
        return left >= least ? spoken(Series.NATIVE_MEMORY, leaking) : tooLittle(Series.NATIVE_MEMORY, leaking);
    }

    /// RSS rises for many innocent reasons, most of all heap pages and compiled code that are touched for the first
    /// time: only a large and long growth that nothing else explains is a leak.
    private Verdict beyondHeap(Leaking leaking) {
        double left = leaking.rate().low()
                - explained(series -> !series.equals(Series.RSS_BEYOND_HEAP) && !series.equals(Series.LIVE_SET));
        return left < LEAST_NATIVE_BYTES_PER_HOUR
                ? tooLittle(Series.RSS_BEYOND_HEAP, leaking)
                : ifLong(Series.RSS_BEYOND_HEAP, leaking);
    }

    /// Of a process that nothing more is known of.
    private Verdict resident(Series series, Leaking leaking) {
        return leaking.rate().low() < LEAST_RESIDENT_BYTES_PER_HOUR
                ? new Unknown(grew(series, leaking) + ", which is too little to tell")
                : ifLong(series, leaking);
    }

    private Verdict ifLong(Series series, Leaking leaking) {
        return watched.compareTo(LEAST_UNTYPED_WATCH) >= 0
                ? spoken(series, leaking)
                : new Unknown(
                        grew(series, leaking) + ", which in so short a time may be pages touched for the first time");
    }

    /// Bytes an hour that the leaks of other series account for.
    private double explained(Predicate<Series> others) {
        return judgements.stream()
                .filter(Judgement::isLeak)
                .filter(other -> others.test(other.series()))
                .mapToDouble(OverallVerdict::bytesPerHour)
                .sum();
    }

    private static Unknown tooLittle(Series series, Leaking leaking) {
        return new Unknown(grew(series, leaking) + ", most of it explained by other series or too little to tell");
    }

    private static String grew(Series series, Leaking leaking) {
        String name = series.equals(Series.RSS_BEYOND_HEAP) ? "resident memory beyond the heap" : series.name();
        return name + " grew by " + Figures.rate(series, leaking.rate().perHour());
    }

    /// With a sentence that has units.
    private static Leaking spoken(Series series, Leaking leaking) {
        return new Leaking(
                leaking.rate(),
                leaking.since(),
                leaking.exhaustion(),
                leaking.confidence(),
                series.name() + " grows steadily by "
                        + Figures.rate(series, leaking.rate().perHour()));
    }

    /// Sessions and connections in use are counts of what people do; they become a leak through the memory they hold.
    private static boolean explainsMemory(Series series) {
        return series.unit() == Unit.BYTES || series.equals(Series.THREADS) || series.equals(Series.OPEN_FILES);
    }

    private static double bytesPerHour(Judgement judgement) {
        if (!(judgement.verdict() instanceof Leaking leaking)) {
            return 0;
        }
        double perHour = leaking.rate().perHour();
        if (judgement.series().unit() == Unit.BYTES) {
            return perHour;
        }
        return perHour * (judgement.series().equals(Series.THREADS) ? BYTES_PER_THREAD : BYTES_PER_COUNT);
    }

    private static Optional<Judgement> of(List<Judgement> judgements, Series series) {
        return judgements.stream().filter(j -> j.series().equals(series)).findFirst();
    }
}
