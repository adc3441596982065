package io.staunch.collect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a JVM can be asked beyond its readings: the higher rungs of evidence, each with what it will cost
/// ([#predictedPause]).
public sealed interface JvmEvidence extends Probe permits JvmProbe, RemoteJvmProbe {
    Collector collector();

    /// Whether we have the right to ask for more than readings.
    boolean mayAsk();

    /// What the target will stand still for, at the heap it has in use now.
    Duration predictedPause(Operation operation);

    /// Counts the objects in the target's heap. The target stands still meanwhile.
    ///
    /// @param live collect first, so that only what is reachable is counted: exact, and several times longer
    Histogram histogram(boolean live) throws TargetGone, InterruptedException;

    /// Where the target's resident memory is; empty if that can't be seen from here.
    Optional<NativeSplit> nativeMemory() throws TargetGone;

    /// Threads grouped by their names without digits, the largest group first. No pause.
    List<ThreadGroupCount> threadsByName() throws TargetGone;

    /// Has the target write its heap to a file in the directory. The target stands still meanwhile.
    HeapDump dump(Path directory, boolean live) throws DumpFailed, InterruptedException;

    /// Starts old-object samples; empty with [#whyNoOldObjects] if this target can't be sampled.
    Optional<OldObjectSampling> sampleOldObjects() throws TargetGone;

    /// Why allocation can't be sampled in this target, if so.
    Optional<String> whyNoOldObjects();

    /// Where the target has a type from, as a path that we can open; empty for the JDK's own types, and where that
    /// can't be seen from here.
    Optional<String> codeSource(String type);
}
