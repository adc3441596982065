package io.staunch.server.response;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmProbe;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/// A JVM that an investigation looks at.
record WatchedJvm(Running process, JvmProbe probe, Investigation investigation) implements Watched {
    /// Empty if it refuses, as one does that is just starting.
    static Optional<Watched> attach(Running process, InvestigationOptions options, Consumer<Progress> listener) {
        try {
            JvmProbe probe = JvmProbe.attach(process.pid());
            return Optional.of(new WatchedJvm(process, probe, Investigation.start(probe, options, listener)));
        } catch (AttachFailed e) {
            return Optional.empty();
        }
    }

    @Override
    public String label() {
        return "jvm " + process.pid();
    }

    @Override
    public Optional<String> release() {
        return probe.info().release();
    }

    @Override
    public Known soFar() {
        return Known.of(investigation.soFar(), true);
    }

    @Override
    public Cost cost() {
        return probe.cost();
    }

    @Override
    public void close() {
        investigation.close();
        probe.close();
    }
}
