package io.staunch.server;

import io.staunch.collect.Evidence;
import io.staunch.collect.JvmEvidence;
import io.staunch.collect.MetricsProbe;
import io.staunch.collect.Operation;
import io.staunch.collect.Probe;
import io.staunch.collect.ProcessProbe;
import io.staunch.collect.Reading;
import io.staunch.collect.RecordedProbe;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.Target;
import io.staunch.collect.TargetGone;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Judgement;
import io.staunch.heap.Heap;
import io.staunch.heap.Holding;
import io.staunch.server.Archive.Remembered;
import io.staunch.server.Progress.CulpritNamed;
import io.staunch.server.Progress.EvidenceGathered;
import io.staunch.server.Progress.PauseAhead;
import io.staunch.server.Progress.StepSkipped;
import io.staunch.server.Progress.TargetLost;
import io.staunch.server.Progress.VerdictChanged;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Watches one target and climbs the ladder of evidence: readings always, what its kind can be asked beyond them at
/// once or on suspicion. Runs on a thread of its own from [#start] until its time is over, its target is lost, or
/// [#close].
///
/// [#adopt], [#soFar], [#await], [#finish] and [#close] may be called by any thread.
public final class Investigation implements AutoCloseable {
    private static final String ENDED = "it was ended before its time";
    private static final Duration JUDGE_EVERY = Duration.ofSeconds(2);
    private static final int LOOKS = 22;
    private static final Duration USUAL_GAP = Duration.ofSeconds(5);
    /// A target that has run under our eyes for so long and is calm is read at [#CALM_PACE]: each reading costs it.
    private static final Duration LOOK_CLOSELY = Duration.ofMinutes(2);
    private static final Duration CALM_PACE = Duration.ofSeconds(15);
    /// One of which little is known yet; what is read between the usual readings counts for its heap alone.
    private static final Duration PRESSED_PACE = Duration.ofMillis(2_500);
    private static final Duration TOLERANCE = Duration.ofMillis(500);
    /// Allocation samples of a watch without end start when the target has run for this long under our eyes.
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    /// How often what was learned is kept; what was read since is learned again from the samples.
    private static final Duration KEEP_EVERY = Duration.ofMinutes(1);
    /// How long after it is first named a culprit is looked at again; each time it takes twice as long.
    private static final Duration NAME_AGAIN = Duration.ofMinutes(1);
    /// A target may stand still for a while, for instance in a long collection or with its machine suspended; it is
    /// lost after so many readings in a row; a watch without end has more patience.
    private static final int MOST_UNANSWERED = 3;

    private static final int MOST_UNANSWERED_WITHOUT_END = 60;

    private final Probe probe;
    private final Target target;
    private volatile InvestigationOptions options;
    private final Consumer<Progress> listener;
    private final String service;
    private final Archive archive;
    private final InstantSource clock;
    /// Of its clock; 1 but for recordings.
    private double speed = 1;

    private final Optional<Instant> end;
    private final Instant calmFrom;
    private final CaseFile file;
    private final Inquiry inquiry;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int unanswered;
    private Instant silentSince = Instant.MIN;
    private Instant keepNext;
    private Instant nameNext = Instant.MIN;
    private Duration nameRest = NAME_AGAIN;
    private Instant judged = Instant.MIN;
    private Instant readWhole = Instant.EPOCH;
    private volatile boolean asked;
    private volatile boolean stopping;
    private volatile Optional<String> finishing = Optional.empty();
    private volatile Outcome outcome;

    private Investigation(
            Probe probe,
            InvestigationOptions options,
            Optional<Duration> length,
            InstantSource clock,
            String service,
            Archive archive,
            Consumer<Progress> listener) {
        this.service = service;
        // Series that a metrics server keeps are read there, not copied.
        this.archive = probe instanceof MetricsProbe ? Archive.NONE : archive;
        this.probe = probe;
        this.target = probe.target();
        this.options = options;
        this.listener = listener;
        this.clock = clock;
        Instant now = clock.instant();
        Instant from = probe instanceof MetricsProbe metrics ? metrics.from() : now;
        this.end = length.map(now::plus);
        this.calmFrom = length.isPresent() ? Instant.MAX : now.plus(LOOK_CLOSELY);
        this.keepNext = now;
        boolean alone = !(probe instanceof JvmEvidence jvm && jvm.mayAsk());
        SeriesBook book = this.archive
                .remembered(target)
                .flatMap(remembered -> readable(remembered, alone))
                .orElseGet(() -> new SeriesBook(from, alone));
        this.inquiry = inquiry(book, length);
        this.file = new CaseFile(target, book, inquiry);
        this.outcome = file.outcome(now, probe.cost());
        this.thread = Thread.ofPlatform()
                .name("investigation-" + target.instance())
                .daemon()
                .unstarted(this::run);
    }

    /// Over the time that is asked for some twenty looks above the readings are worth it.
    private Inquiry inquiry(SeriesBook book, Optional<Duration> length) {
        Duration gap = length.map(time -> time.dividedBy(LOOKS)).orElse(USUAL_GAP);
        Told told = new Teller();
        return switch (probe) {
            case JvmEvidence jvm
            when jvm.mayAsk() -> {
                Instant warm = clock.instant()
                        .plus(length.map(time -> time.dividedBy(3)).orElse(WARM_UP));
                yield new JvmInquiry(jvm, () -> options, book, clock.instant(), warm, gap, told);
            }
            case RedisProbe redis -> {
                boolean calm = options.climb() == InvestigationOptions.Climb.ON_SUSPICION;
                yield new RedisInquiry(redis, book, calm ? USUAL_GAP.multipliedBy(2) : gap, calm, told);
            }
            case JvmEvidence _, MetricsProbe _, ProcessProbe _, RecordedProbe _ -> new PlainInquiry(book);
        };
    }

    /// What another version of ours wrote may not be; then it is learned anew.
    private static Optional<SeriesBook> readable(Remembered remembered, boolean alone) {
        try {
            return Optional.of(SeriesBook.restore(remembered, alone));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /// Watches until [#close].
    public static Investigation start(Probe probe, InvestigationOptions options, Consumer<Progress> listener) {
        return start(probe, options, Optional.empty(), probe.target().name(), Archive.NONE, listener);
    }

    /// Watches until [#close]; goes on where the archive's memory of this target ends.
    ///
    /// @param service what the target is an instance of
    public static Investigation start(
            Probe probe, InvestigationOptions options, String service, Archive archive, Consumer<Progress> listener) {
        return start(probe, options, Optional.empty(), service, archive, listener);
    }

    /// Watches a recording until [#close], faster than it was made.
    ///
    /// @param time  of the recording
    /// @param speed how much faster that goes than the time of this machine
    public static Investigation replay(
            RecordedProbe probe,
            InvestigationOptions options,
            String service,
            Archive archive,
            InstantSource time,
            double speed,
            Consumer<Progress> listener) {
        Investigation investigation =
                new Investigation(probe, options, Optional.empty(), time, service, archive, listener);
        investigation.speed = speed;
        investigation.thread.start();
        return investigation;
    }

    /// Watches for a time. The probe stays the caller's: it is closed by whoever made it.
    public static Investigation startFor(
            Probe probe, InvestigationOptions options, Duration length, Consumer<Progress> listener) {
        return start(probe, options, Optional.of(length), probe.target().name(), Archive.NONE, listener);
    }

    private static Investigation start(
            Probe probe,
            InvestigationOptions options,
            Optional<Duration> length,
            String service,
            Archive archive,
            Consumer<Progress> listener) {
        Investigation investigation =
                new Investigation(probe, options, length, InstantSource.system(), service, archive, listener);
        investigation.thread.start();
        return investigation;
    }

    /// From the next step on it goes by these; what is known stays. How the ladder is climbed stays as well.
    public void adopt(InvestigationOptions changed) {
        options = changed;
    }

    /// Takes class histograms from the next step on although nothing is suspicious.
    public void lookCloser() {
        asked = true;
    }

    /// What is known by now.
    public Outcome soFar() {
        return outcome;
    }

    /// Whether nothing of it runs any more: its time is over, or its target is lost.
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// Waits for the end.
    public Outcome await() throws InterruptedException {
        ended.await();
        return outcome;
    }

    /// Ends it after its present step as if its time were over: what leaks is still named.
    ///
    /// @param why it ends before its time
    public void finish(String why) {
        finishing = Optional.of(why);
    }

    /// What the verdict on memory as a whole rests on; empty until the end, and if nothing of it was measured.
    public Optional<Floor> floor() {
        return hasEnded() ? file.book().floor() : Optional.empty();
    }

    /// Ends it and waits until nothing of it runs any more. Idempotent.
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            ended.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            watch();
            if (stopping) {
                file.endedBecause(ENDED);
            } else {
                finishing.ifPresent(file::endedBecause);
                conclude();
            }
        } catch (InterruptedException e) {
            file.endedBecause(ENDED);
        } catch (TargetGone e) {
            lost(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            lost("the investigation itself failed: " + e);
        } finally {
            inquiry.close();
            Instant now = clock.instant();
            file.judge(now);
            outcome = file.outcome(now, probe.cost());
            archive.learned(target, file.book().save());
            ended.countDown();
        }
    }

    private void watch() throws InterruptedException, TargetGone {
        while (!stopping && !isOver(clock.instant())) {
            Instant began = clock.instant();
            read();
            climb();
            judgeIfDue();
            nameIfDue();
            keepIfDue();
            sleepUntil(next(began));
        }
    }

    private boolean isOver(Instant now) {
        return finishing.isPresent() || (end.isPresent() && !now.isBefore(end.get()));
    }

    private Instant next(Instant began) {
        Instant next = began.plus(pace(began));
        return end.isPresent() && end.get().isBefore(next) ? end.get() : next;
    }

    private Duration pace(Instant now) {
        Duration usual = options.readEvery();
        if (probe instanceof MetricsProbe metrics) {
            return longer(metrics.pace(), usual);
        }
        if (now.isAfter(calmFrom) && inquiry.isCalm() && unanswered == 0) {
            return longer(CALM_PACE, usual);
        }
        return inquiry.isPressed(now) && usual.compareTo(PRESSED_PACE) > 0 ? PRESSED_PACE : usual;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void sleepUntil(Instant time) throws InterruptedException {
        long millis = Duration.between(clock.instant(), time).toMillis();
        if (millis > 0) {
            Thread.sleep((long) Math.ceil(millis / speed));
        }
    }

    private void read() throws TargetGone {
        try {
            List<Reading> readings = worth(options.limited(probe.read()), clock.instant());
            file.accept(readings);
            archive.read(target, service, readings);
            answered();
        } catch (TargetGone gone) {
            unanswered(gone);
        }
    }

    /// All that was read, or between the usual readings what is of the heap.
    private List<Reading> worth(List<Reading> readings, Instant now) {
        Duration usual = options.readEvery();
        if (!inquiry.isPressed(now) || !now.plus(TOLERANCE).isBefore(readWhole.plus(usual))) {
            readWhole = now;
            return readings;
        }
        return readings.stream()
                .filter(reading -> SeriesBook.isOfTheHeap(reading.series()))
                .toList();
    }

    private void answered() {
        unanswered = 0;
        file.silentBecause(Optional.empty());
    }

    private void unanswered(TargetGone gone) throws TargetGone {
        unanswered++;
        if (probe instanceof MetricsProbe && end.isEmpty()) {
            silent(gone);
            return;
        }
        int most = end.isPresent() ? MOST_UNANSWERED : MOST_UNANSWERED_WITHOUT_END;
        if (gone.kind() == TargetGone.Kind.DIED || unanswered >= most) {
            throw gone;
        }
        if (unanswered <= MOST_UNANSWERED) {
            tell(new StepSkipped(clock.instant(), String.valueOf(gone.getMessage())));
        }
    }

    /// A metrics server comes back some time, and has what was missed.
    private void silent(TargetGone gone) {
        Instant now = clock.instant();
        if (unanswered == 1) {
            silentSince = now;
            tell(new StepSkipped(now, String.valueOf(gone.getMessage())));
        }
        if (unanswered >= MOST_UNANSWERED) {
            file.silentBecause(Optional.of("the metrics server does not answer since "
                    + silentSince.truncatedTo(ChronoUnit.SECONDS) + ": " + gone.getMessage()));
        }
    }

    private void climb() throws TargetGone, InterruptedException {
        if (stopping) {
            return;
        }
        if (asked) {
            asked = false;
            inquiry.ask(clock.instant());
        }
        try {
            if (inquiry.climb(clock.instant())) {
                keepNext = Instant.MIN;
            }
        } catch (TargetGone gone) {
            unanswered(gone);
        }
    }

    private void judgeIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(judged.plus(JUDGE_EVERY))) {
            return;
        }
        judged = now;
        Judgement before = file.overall();
        Judgement overall = file.judge(now);
        outcome = file.outcome(now, probe.cost());
        if (changed(before, overall)) {
            tell(new VerdictChanged(now, overall));
        }
        inquiry.weigh(now, overall);
    }

    private void keepIfDue() {
        Instant now = clock.instant();
        if (!now.isBefore(keepNext)) {
            keepNext = now.plus(KEEP_EVERY);
            archive.learned(target, file.book().save());
        }
    }

    private static boolean changed(Judgement before, Judgement after) {
        return !before.verdict().getClass().equals(after.verdict().getClass())
                || (after.isLeak() && !before.series().equals(after.series()));
    }

    /// While it is watched without end, a leak is named as soon as it is one, and looked at again from time to time.
    private void nameIfDue() throws TargetGone, InterruptedException {
        Instant now = clock.instant();
        if (end.isEmpty() && file.overall().isLeak() && inquiry.canName() && !now.isBefore(nameNext)) {
            nameNext = now.plus(nameRest);
            nameRest = nameRest.multipliedBy(2);
            name();
        }
    }

    private void conclude() throws TargetGone, InterruptedException {
        Judgement overall = file.judge(clock.instant());
        if (overall.isLeak()) {
            name();
        }
    }

    private void name() throws TargetGone, InterruptedException {
        Optional<Culprit> named = inquiry.name(file.overall());
        Optional<Culprit> before = file.culprit();
        named.ifPresent(file::name);
        Instant now = clock.instant();
        Judgement after = file.judge(now);
        outcome = file.outcome(now, probe.cost());
        if (!after.isLeak()) {
            tell(new VerdictChanged(now, after));
        } else if (named.isPresent() && (before.isEmpty() || !before.get().isSameAs(named.get()))) {
            tell(new CulpritNamed(now, named.get()));
        }
    }

    private void lost(String why) {
        file.endedBecause(why);
        observe("readings", why);
        tell(new TargetLost(clock.instant(), why));
    }

    private void observe(String source, String statement) {
        Instant now = clock.instant();
        Evidence observation = new Evidence(now, target.label() + ", " + source, statement);
        file.note(observation);
        tell(new EvidenceGathered(now, observation));
    }

    private void tell(Progress progress) {
        listener.accept(progress);
    }

    /// Passes on what the hunt tells.
    private final class Teller implements Told {
        @Override
        public void observed(String source, String statement) {
            observe(source, statement);
        }

        @Override
        public void skipped(String why) {
            tell(new StepSkipped(clock.instant(), why));
        }

        @Override
        public void pauseAhead(Operation operation, Duration predicted) {
            tell(new PauseAhead(clock.instant(), operation.toString(), predicted));
        }

        @Override
        public void dumped(Heap heap, List<Holding> holdings, long fileBytes) {
            archive.dumped(HeapSummary.of(heap, holdings, service, target.label(), clock.instant(), fileBytes));
        }
    }
}
