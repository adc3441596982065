package io.staunch.server;

import io.staunch.collect.ProcessProbe;
import io.staunch.collect.Reading;
import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Workbench;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.OverallVerdict;
import io.staunch.server.Archive.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The series of one target: their samples, their limits, a detector each. Bounded: a series that gets long keeps every
/// other sample. Not thread-safe.
final class SeriesBook {
    /// A target may have a series for each of its pools and applications.
    static final int MOST_SERIES = 100;

    private static final int MOST_SAMPLES = 1_000;
    private static final int FEWEST_EXACT = 6;
    private static final Duration OFTEN = Duration.ofSeconds(30);
    private static final int FEWEST_FLAT = 3;
    private static final double HURRY_HOURS = 2;
    /// Our own first looks make a target take native memory: a connector, the flight recorder and its buffers.
    private static final Duration STARTLED = Duration.ofSeconds(20);
    /// In so short a time native memory that grew in steps is not said to leak.
    private static final Duration STEPS_TELL_NOTHING = Duration.ofMinutes(10);

    /// What a JVM holds outside its heap.
    static final Set<Series> OUTSIDE = Set.of(Series.NATIVE_MEMORY, Series.RSS_BEYOND_HEAP);

    private static final Set<Series> ALONE =
            Set.of(Series.LIVE_SET.of("upper bound"), ProcessProbe.ANONYMOUS, Series.RSS);

    private static final List<Series> KNOWN_BETTER =
            List.of(Series.HEAP_USED, Series.REDIS_USED_MEMORY, ProcessProbe.ANONYMOUS);

    private static final History NOTHING = new History(MOST_SAMPLES);

    private final Instant from;
    private final boolean alone;
    private final Map<Series, Detector> detectors = new LinkedHashMap<>();
    /// The same heap series, judged without patience: they ask for the next rung and are no verdict.
    private final Map<Series, Detector> tripwires = new LinkedHashMap<>();

    private final Map<Series, History> histories = new LinkedHashMap<>();
    private final Map<Series, Double> limits = new HashMap<>();
    private final Workbench bench = new Workbench();
    private boolean full;
    /// What is outside the heap is judged by what is read from then on.
    private Instant judgedOutsideFrom;
    /// How it grew before, if that was put in doubt.
    private final Map<Series, Verdict.Leaking> doubted = new HashMap<>();
    private Detector exactLiveSet = Detector.of(DetectorOptions.exact(), bench);
    private final History exactLiveSets = new History(MOST_SAMPLES);

    /// @param from  when watching began
    /// @param alone whether nothing but readings can be had: then those too are judged that else only ask for more
    SeriesBook(Instant from, boolean alone) {
        this.from = from;
        this.alone = alone;
        this.judgedOutsideFrom = from.plus(STARTLED);
    }

    /// Goes on where [#save] left off, with what was read since.
    ///
    /// @throws IllegalArgumentException if these are not bytes that `save` made
    static SeriesBook restore(Remembered remembered, boolean alone) {
        SavedBook saved = SavedBook.of(remembered.book());
        SeriesBook book = new SeriesBook(saved.from(), alone);
        book.limits.putAll(saved.limits());
        saved.detectors()
                .forEach((series, bytes) -> book.judgedWith(series)
                        .ifPresent(
                                options -> book.detectors.put(series, Detector.restore(options, book.bench, bytes))));
        saved.tripwires()
                .forEach((series, bytes) ->
                        book.tripwires.put(series, Detector.restore(tripwire(series), book.bench, bytes)));
        saved.exact()
                .values()
                .forEach(bytes -> book.exactLiveSet = Detector.restore(DetectorOptions.exact(), book.bench, bytes));
        saved.exactLiveSets().forEach(book.exactLiveSets::add);
        remembered.samples().forEach((series, samples) -> {
            Instant known = saved.latest().getOrDefault(series, Instant.MIN);
            History history = book.histories.computeIfAbsent(series, _ -> new History(MOST_SAMPLES));
            samples.stream().filter(sample -> !sample.at().isAfter(known)).forEach(history::add);
            samples.stream()
                    .filter(sample -> sample.at().isAfter(known))
                    .forEach(sample -> book.accept(series, sample, OptionalDouble.empty()));
        });
        return book;
    }

    /// What a later process of the same service begins with: detectors that know this life, and nothing read yet. Known
    /// of what can be asked for more than readings; of others only what is judged there too.
    ///
    /// @param start when that process is first looked at
    /// @return empty if this life does not show how the service behaves when it is well
    ///
    /// @throws IllegalArgumentException if these are not bytes that `save` made
    static Optional<byte[]> successor(byte[] life, Instant start) {
        SeriesBook book = restore(new Remembered(life, Map.of()), false);
        if (!book.isWell()) {
            return Optional.empty();
        }
        SeriesBook next = new SeriesBook(start, false);
        book.detectors.forEach((series, detector) -> next.detectors.put(series, detector.successor(start, true)));
        book.tripwires.forEach((series, detector) -> next.tripwires.put(series, detector.successor(start, true)));
        next.exactLiveSet = book.exactLiveSet.successor(start, true);
        return Optional.of(next.save());
    }

    /// Whether something is known of this life and nothing of it leaks.
    static boolean isWell(byte[] life) {
        return restore(new Remembered(life, Map.of()), false).isWell();
    }

    private boolean isWell() {
        List<Verdict> verdicts = judgements().stream().map(Judgement::verdict).toList();
        return verdicts.stream().noneMatch(Verdict.Leaking.class::isInstance)
                && !verdicts.stream().allMatch(Verdict.Unknown.class::isInstance);
    }

    /// All but the histories: those are kept sample by sample. Some 2 KB a series.
    byte[] save() {
        Map<Series, Instant> latest = new LinkedHashMap<>();
        histories.forEach(
                (series, samples) -> latest.put(series, samples.getLast().at()));
        return new SavedBook(
                        from,
                        limits,
                        latest,
                        SavedBook.save(detectors),
                        SavedBook.save(tripwires),
                        SavedBook.save(Map.of(Series.LIVE_SET, exactLiveSet)),
                        exactLiveSets.view())
                .bytes();
    }

    /// Puts in doubt how memory outside the heap grew: it may not be the target's own doing. It is judged by what is
    /// read from then on.
    void judgeOutsideFrom(Instant then) {
        if (then.isBefore(judgedOutsideFrom)) {
            return;
        }
        judgedOutsideFrom = then;
        for (Series series : OUTSIDE) {
            Detector detector = detectors.remove(series);
            if (detector != null && detector.verdict() instanceof Verdict.Leaking leaking) {
                doubted.put(series, leaking);
            }
        }
    }

    /// When watching began.
    Instant from() {
        return from;
    }

    void accept(List<Reading> readings) {
        for (Reading reading : readings) {
            accept(reading.series(), reading.sample(), reading.limit());
            if (reading.series().equals(Series.HEAP_USED)) {
                reading.limit().ifPresent(limit -> limits.put(Series.LIVE_SET, limit));
            }
        }
    }

    /// A live set that was counted exactly, object by object.
    void acceptExactLiveSet(Sample sample) {
        Double limit = limits.get(Series.LIVE_SET);
        if (limit != null) {
            exactLiveSet.limit(sample.at(), limit);
        }
        exactLiveSet.accept(sample);
        exactLiveSets.add(sample);
    }

    /// Whether the live sets that were counted since then grow so little, if at all, that there is no hurry: at least
    /// three, and hours to the limit at their pace.
    boolean isFlatSince(Instant climbed) {
        List<Sample> counted = exactLiveSets.view().stream()
                .filter(sample -> !sample.at().isBefore(climbed))
                .toList();
        if (counted.size() < FEWEST_FLAT) {
            return false;
        }
        double rise = counted.getLast().value() - counted.getFirst().value();
        double hours =
                Duration.between(counted.getFirst().at(), counted.getLast().at())
                                .toNanos()
                        / 3.6e12;
        double room = limits.getOrDefault(Series.LIVE_SET, 2 * counted.getLast().value())
                - counted.getLast().value();
        return rise <= 0 || room / rise * hours > HURRY_HOURS;
    }

    private void accept(Series series, Sample sample, OptionalDouble limit) {
        if (histories.size() >= MOST_SERIES && !histories.containsKey(series)) {
            full = true;
            return;
        }
        History history = histories.computeIfAbsent(series, _ -> new History(MOST_SAMPLES));
        if (!history.isEmpty() && !history.getLast().at().isBefore(sample.at())) {
            return;
        }
        history.add(sample);
        limit.ifPresent(value -> limits.put(series, value));
        if (series.equals(Series.REQUESTS)) {
            detectors.values().forEach(detector -> detector.load(sample));
        }
        if (OUTSIDE.contains(series) && sample.at().isBefore(judgedOutsideFrom)) {
            return;
        }
        judgedWith(series)
                .ifPresent(options ->
                        feed(detectors.computeIfAbsent(series, _ -> Detector.of(options, bench)), sample, limit));
        if (isOfTheHeap(series)) {
            feed(tripwires.computeIfAbsent(series, _ -> Detector.of(tripwire(series), bench)), sample, limit);
        }
    }

    private static DetectorOptions tripwire(Series series) {
        return (series.equals(Series.LIVE_SET) ? DetectorOptions.floor() : DetectorOptions.raw()).withPatience(0);
    }

    private static void feed(Detector detector, Sample sample, OptionalDouble limit) {
        limit.ifPresent(value -> detector.limit(sample.at(), value));
        detector.accept(sample);
    }

    static boolean isOfTheHeap(Series series) {
        return series.equals(Series.HEAP_USED) || series.name().startsWith(Series.LIVE_SET.name());
    }

    /// Series that are evidence of a leak by themselves. Heap use and RSS follow garbage and heap pages.
    private Optional<DetectorOptions> judgedWith(Series series) {
        if (alone && ALONE.contains(series)) {
            return Optional.of(DetectorOptions.raw());
        }
        return judgedWithRest(series);
    }

    private static Optional<DetectorOptions> judgedWithRest(Series series) {
        if (series.equals(Series.LIVE_SET)) {
            return Optional.of(DetectorOptions.floor());
        }
        if (series.equals(Series.METASPACE)) {
            return Optional.of(DetectorOptions.loadedBytes());
        }
        if (series.equals(Series.CLASSES)) {
            return Optional.of(DetectorOptions.loadedCounts());
        }
        if (series.equals(Series.DIRECT_BUFFERS)
                || series.equals(Series.NATIVE_MEMORY)
                || series.equals(Series.REDIS_USED_MEMORY)) {
            return Optional.of(DetectorOptions.exact());
        }
        if (series.equals(Series.RSS_BEYOND_HEAP)) {
            return Optional.of(DetectorOptions.raw());
        }
        boolean counted = series.equals(Series.THREADS)
                || series.equals(Series.OPEN_FILES)
                || series.name().startsWith(Series.SESSIONS.name())
                || series.name().startsWith(Series.CONNECTIONS_IN_USE.name());
        return counted ? Optional.of(DetectorOptions.counts()) : Optional.empty();
    }

    /// What makes the always-on readings of the heap look as if it might leak, if they do. Where the collector cleans
    /// the old generation often, what it leaves is asked alone: all else of the heap rises in between, leak or not.
    Optional<Judgement> suspicion() {
        Set<Series> asked = isCleanedOften() ? Set.of(Series.LIVE_SET) : tripwires.keySet();
        return asked.stream().flatMap(series -> suspicion(series).stream()).findFirst();
    }

    private Optional<Judgement> suspicion(Series series) {
        return Optional.ofNullable(tripwires.get(series))
                .map(tripwire -> new Judgement(series, tripwire.verdict()))
                .filter(Judgement::isLeak);
    }

    /// The live sets that were counted object by object, in the order of time.
    List<Sample> counted() {
        return exactLiveSets.view();
    }

    private boolean isCleanedOften() {
        History cleaned = histories.getOrDefault(Series.LIVE_SET, NOTHING);
        History used = histories.getOrDefault(Series.HEAP_USED, NOTHING);
        return cleaned.size() >= FEWEST_EXACT
                && !used.isEmpty()
                && cleaned.getLast().at().isAfter(used.getLast().at().minus(OFTEN));
    }

    /// Whether the live set was counted often enough for a verdict on it.
    boolean isCountedEnough() {
        return exactLiveSets.size() >= FEWEST_EXACT;
    }

    /// The verdict on each series. That on the live set is the exact one as soon as there are samples enough for it.
    List<Judgement> judgements() {
        List<Judgement> judgements = new ArrayList<>();
        boolean exact = isJudgedAsCounted();
        if (exact && !exactLiveSets.isEmpty()) {
            judgements.add(new Judgement(Series.LIVE_SET, exactLiveSet.verdict()));
        }
        detectors.forEach((series, detector) -> {
            if (tells(series) && (!series.equals(Series.LIVE_SET) || !exact)) {
                judgements.add(new Judgement(series, verdict(series, detector)));
            }
        });
        return judgements;
    }

    private boolean isJudgedAsCounted() {
        return isCountedEnough() || !detectors.containsKey(Series.LIVE_SET);
    }

    /// What the verdict on memory as a whole rests on; empty if nothing of it was measured.
    Optional<Floor> floor() {
        if (isJudgedAsCounted() && !exactLiveSets.isEmpty()) {
            return Optional.of(floor(Series.LIVE_SET, DetectorOptions.exact(), exactLiveSets));
        }
        return OverallVerdict.TELLING.stream()
                .filter(series -> detectors.containsKey(series) && tells(series))
                .findFirst()
                .map(series ->
                        floor(series, judgedWith(series).orElseThrow(), histories.getOrDefault(series, NOTHING)));
    }

    private Floor floor(Series series, DetectorOptions options, History samples) {
        Double limit = limits.get(series);
        return new Floor(
                series, options, samples.view(), limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit));
    }

    private Verdict verdict(Series series, Detector detector) {
        Verdict verdict = detector.verdict();
        if (!OUTSIDE.contains(series)) {
            return verdict;
        }
        List<Sample> history = histories.getOrDefault(series, NOTHING).view();
        if (verdict instanceof Verdict.Leaking leaking) {
            return series.equals(Series.NATIVE_MEMORY) && isInSteps(history, leaking)
                    ? new Verdict.Unknown(
                            "native memory grew, but in steps: watch for longer to tell whether it goes on")
                    : verdict;
        }
        Verdict.Leaking before = doubted.get(series);
        if (before != null
                && Continuation.isSeen(history, judgedOutsideFrom, before.rate().perHour())) {
            return before;
        }
        return verdict;
    }

    private boolean isInSteps(List<Sample> history, Verdict.Leaking leaking) {
        boolean brief = history.isEmpty() || history.getLast().at().isBefore(from.plus(STEPS_TELL_NOTHING));
        return brief
                && Staircase.isIn(history, judgedOutsideFrom, leaking.rate().perHour());
    }

    /// Resident memory follows what is known better, where that is known.
    private boolean tells(Series series) {
        return !series.equals(Series.RSS) || KNOWN_BETTER.stream().noneMatch(histories::containsKey);
    }

    boolean knows(Series series) {
        return histories.containsKey(series);
    }

    /// As they are now, and stay so.
    Map<Series, List<Sample>> histories() {
        Map<Series, List<Sample>> copies = new LinkedHashMap<>();
        histories.forEach((series, samples) -> copies.put(series, samples.view()));
        if (!exactLiveSets.isEmpty()) {
            copies.put(Series.LIVE_SET, exactLiveSets.view());
        }
        return copies;
    }

    /// Whether there were more series than are kept: those that came last are left out.
    boolean isFull() {
        return full;
    }

    Map<Series, Double> limits() {
        return Map.copyOf(limits);
    }
}
