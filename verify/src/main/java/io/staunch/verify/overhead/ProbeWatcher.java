package io.staunch.verify.overhead;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.TargetGone;
import java.time.Instant;

/// Reads the always-on rung from within this process, at any pace.
final class ProbeWatcher implements Watcher {
    private static final int WARM_UP_READINGS = 30;

    private final JvmProbe probe;
    private final int everyMillis;
    private final Cost attached;

    ProbeWatcher(long pid, int everyMillis) throws AttachFailed, TargetGone {
        this.probe = JvmProbe.attach(pid);
        this.everyMillis = everyMillis;
        for (int i = 0; i < WARM_UP_READINGS; i++) {
            probe.read();
        }
        this.attached = probe.cost();
    }

    @Override
    public void pass(Instant end, boolean watching) throws InterruptedException, TargetGone {
        for (Instant next = Instant.now(); next.isBefore(end); next = next.plusMillis(everyMillis)) {
            Sleep.until(next);
            if (watching) {
                probe.read();
            }
        }
        Sleep.until(end);
    }

    @Override
    public Cost cost() {
        Cost all = probe.cost();
        return new Cost(
                all.addedPauseMillis() - attached.addedPauseMillis(),
                all.targetCpuMillis() - attached.targetCpuMillis());
    }

    @Override
    public void close() {
        probe.close();
    }
}
