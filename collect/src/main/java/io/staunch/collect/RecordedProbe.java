package io.staunch.collect;

import java.util.List;
import java.util.function.Supplier;

/// A target that was watched by somebody else: its readings come from a recording, and watching costs it nothing.
public final class RecordedProbe implements Probe {
    private final Target target;
    private final Supplier<List<Reading>> recording;

    /// @param recording the readings since it was asked last
    public RecordedProbe(Target target, Supplier<List<Reading>> recording) {
        this.target = target;
        this.recording = recording;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<Reading> read() {
        return recording.get();
    }

    @Override
    public Cost cost() {
        return new Cost(0, 0);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
