package io.staunch.server.response;

import io.staunch.collect.Cost;
import io.staunch.collect.Probe;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/// A process that has an investigation of its own.
record Attached(Running process, Probe probe, boolean dumps, Investigation investigation) implements Watched {
    /// Takes over the probe.
    static Attached start(Running process, Probe probe, InvestigationOptions options, Consumer<Progress> listener) {
        return new Attached(process, probe, options.dump(), Investigation.start(probe, options, listener));
    }

    @Override
    public String label() {
        return probe.target().label();
    }

    @Override
    public Optional<String> release() {
        return probe.target().release();
    }

    @Override
    public Known soFar() {
        return Known.of(investigation.soFar(), dumps);
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
