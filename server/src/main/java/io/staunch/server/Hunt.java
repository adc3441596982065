package io.staunch.server;

import io.staunch.collect.DumpFailed;
import io.staunch.collect.HeapDump;
import io.staunch.collect.JvmEvidence;
import io.staunch.collect.NativeSplit;
import io.staunch.collect.OldObjectSampling;
import io.staunch.collect.OldObjects.Site;
import io.staunch.collect.Operation;
import io.staunch.collect.TargetGone;
import io.staunch.collect.ThreadGroupCount;
import io.staunch.detect.Series;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.CulpritFinder;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.GrowingType;
import io.staunch.heap.Heap;
import io.staunch.heap.Holding;
import io.staunch.heap.Libraries;
import io.staunch.heap.Library;
import io.staunch.heap.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Goes after the culprit: allocation samples while it is watched, a heap dump once a leak is likely, libraries by
/// where classes came from. Not thread-safe; [#close] ends the samples.
final class Hunt implements AutoCloseable {
    /// Fewer growing types than there are are asked for their library: each may open a jar.
    private static final int MOST_OWNERS = 40;

    private static final int MOST_THREAD_NAMES = 3;

    private final JvmEvidence probe;
    private final Told told;
    private final Libraries libraries = new Libraries();
    private final Map<String, Optional<String>> known = new HashMap<>();
    private Optional<OldObjectSampling> sampling = Optional.empty();
    private boolean unsampled;
    private boolean restarted;
    private List<Site> sites = List.of();
    private List<Holding> holdings = List.of();
    /// How long types had been seen to grow when the heap was dumped: what came later is in no container of it.
    private Duration watchedBeforeDump = Duration.ZERO;

    Hunt(JvmEvidence probe, Told told) {
        this.probe = probe;
        this.told = told;
    }

    /// Starts allocation samples. The first time the target's flight recorder loads its classes and takes its buffers,
    /// which must not look like growth later: so this comes before anything is counted, or what is outside the heap
    /// is judged anew.
    ///
    /// @return whether they began now
    boolean startSamples() throws TargetGone {
        if (sampling.isPresent() || unsampled) {
            return false;
        }
        Optional<String> whyNot = probe.whyNoOldObjects();
        if (whyNot.isPresent()) {
            unsampled = true;
            told.skipped("no allocation sites: " + whyNot.get());
            return false;
        }
        sampling = probe.sampleOldObjects();
        return true;
    }

    /// Forgets the samples so far: they are of a target that was still warming up.
    void restartSamples() throws TargetGone {
        if (!restarted && sampling.isPresent()) {
            restarted = true;
            sampling.get().close();
            sampling = probe.sampleOldObjects();
        }
    }

    /// Ends allocation samples for good.
    ///
    /// @return whether there were any
    boolean endSamples() {
        boolean were = sampling.isPresent();
        sampling.ifPresent(OldObjectSampling::close);
        sampling = Optional.empty();
        unsampled = true;
        return were;
    }

    /// Reads what was sampled so far.
    void readSamples() throws TargetGone {
        if (sampling.isPresent()) {
            sites = sampling.get().dump().sites();
        }
    }

    boolean hasDumped() {
        return !holdings.isEmpty();
    }

    /// Dumps the heap, learns who holds what grows, deletes the dump.
    ///
    /// @param watched how long the types have been seen to grow
    void dump(Path directory, Series series, List<GrowingType> growing, Duration watched) throws InterruptedException {
        told.pauseAhead(Operation.DUMP_LIVE, probe.predictedPause(Operation.DUMP_LIVE));
        try (HeapDump dump = probe.dump(directory, true)) {
            told.observed(
                    "heap dump",
                    "a dump of " + Figures.bytes(dump.bytes()) + " stopped the target for "
                            + dump.pause().toMillis() + " ms");
            OpenOptions quiet = OpenOptions.defaults();
            try (Heap heap = Heap.open(dump.file(), quiet)) {
                holdings = heap.holdersOf(CulpritFinder.worthLookingFor(series, growing));
                watchedBeforeDump = watched;
                told.dumped(heap, holdings, dump.bytes());
            }
        } catch (DumpFailed e) {
            told.skipped("no heap dump: " + e.getMessage());
        } catch (IOException e) {
            told.skipped("the heap dump could not be read: " + e.getMessage());
        }
    }

    /// Where a series that is no heap's comes from, as far as it can be seen without a pause.
    void lookCloser(Series series) throws TargetGone {
        if (series.equals(Series.THREADS)) {
            told.observed("threads", "most threads are named " + mostThreads(probe.threadsByName()));
        }
        if (series.equals(Series.NATIVE_MEMORY) || series.equals(Series.RSS_BEYOND_HEAP)) {
            probe.nativeMemory().ifPresent(split -> told.observed("resident memory", words(split)));
        }
    }

    private static String words(NativeSplit split) {
        return "of " + Figures.bytes(split.total()) + " in memory the heap has " + Figures.bytes(split.heap())
                + ", thread stacks " + Figures.bytes(split.threadStacks()) + ", files "
                + Figures.bytes(split.fileMapped()) + ", malloc and the JVM itself "
                + Figures.bytes(split.otherAnonymous());
    }

    private static String mostThreads(List<ThreadGroupCount> groups) {
        return groups.stream()
                .limit(MOST_THREAD_NAMES)
                .map(group -> group.pattern() + " (" + Figures.count(group.count()) + ")")
                .collect(Collectors.joining(", "));
    }

    private CulpritFinder finder(Series series, List<GrowingType> growing, Duration watched) {
        Duration until = hasDumped() ? watchedBeforeDump : watched;
        return new CulpritFinder(series, growing, until.toMillis() / 3_600_000.0, holdings, sites, this::ownerOf);
    }

    Culprit culprit(Series series, List<GrowingType> growing, Duration watched) {
        return finder(series, growing, watched).find();
    }

    boolean heldSoftly(Series series, List<GrowingType> growing, Duration watched) {
        return finder(series, growing, watched).isHeldSoftly();
    }

    Map<String, String> owners(Culprit culprit) {
        return owners(culprit.accumulating().stream()
                .limit(MOST_OWNERS)
                .map(Accumulation::type)
                .toList());
    }

    /// The owning libraries of these types, as package URLs, where they are known. Each type is looked for once.
    Map<String, String> owners(List<String> types) {
        Map<String, String> owners = new HashMap<>();
        for (String type : types) {
            known.computeIfAbsent(type, this::ownerOf).ifPresent(purl -> owners.put(type, purl));
        }
        return owners;
    }

    private Optional<String> ownerOf(String type) {
        return probe.codeSource(type).flatMap(libraries::of).map(Library::purl);
    }

    @Override
    public void close() {
        var _ = endSamples();
    }
}
