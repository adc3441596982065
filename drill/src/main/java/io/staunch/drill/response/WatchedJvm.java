package io.staunch.drill.response;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmProbe;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/// A JVM that an investigation looks at.
record WatchedJvm(JvmProbe probe, Investigation investigation) implements Watched {
    /// Empty if it refuses, as one does that is just starting.
    static Optional<Watched> attach(long pid, InvestigationOptions options, Consumer<Progress> listener) {
        try {
            JvmProbe probe = JvmProbe.attach(pid);
            return Optional.of(new WatchedJvm(probe, Investigation.start(probe, options, listener)));
        } catch (AttachFailed e) {
            return Optional.empty();
        }
    }

    @Override
    public long pid() {
        return probe.info().pid();
    }

    @Override
    public String label() {
        return "jvm " + pid();
    }

    @Override
    public Optional<String> release() {
        return probe.info().release();
    }

    @Override
    public Known soFar() {
        return Known.of(investigation.soFar());
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
