package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.OpenOptions;
import java.io.PrintStream;
import java.util.Locale;

/// Progress on a terminal: one line a phase, redrawn a few times a second, with rate and time left while it runs and
/// the time it took when it is over. Safe for use by several threads.
final class ProgressLine implements OpenOptions.Progress {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long SETTLED_NANOS = 500_000_000L;

    private final PrintStream out;
    private String phase = "";
    private long phaseStart;
    private long lastDrawn;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void phase(String name) {
        over();
        phase = name;
        phaseStart = System.nanoTime();
        lastDrawn = phaseStart;
        draw(phase + " …");
    }

    @Override
    public synchronized void done(long done, long total, String unit) {
        long now = System.nanoTime();
        if (now - lastDrawn < REDRAW_NANOS || done <= 0 || total <= 0) {
            return;
        }
        lastDrawn = now;
        draw(phase + " … " + describe(done, Math.max(done, total), unit, now - phaseStart));
    }

    /// `41 %, 812.0 MiB/s, 3 s left`
    static String describe(long done, long total, String unit, long nanos) {
        double perSecond = done / Math.max(1e-9, nanos / 1e9);
        String rate = unit.equals("bytes")
                ? Figures.bytes((long) perSecond)
                : String.format(Locale.ROOT, "%,.0f %s", perSecond, unit);
        String share = String.format(Locale.ROOT, "%d %%, %s/s", 100 * done / total, rate);
        return nanos < SETTLED_NANOS
                ? share
                : share + String.format(Locale.ROOT, ", %.0f s left", Math.ceil((total - done) / perSecond));
    }

    private void draw(String text) {
        out.print("\r\u001b[K" + text);
        out.flush();
    }

    @Override
    public synchronized void over() {
        if (!phase.isEmpty()) {
            draw(String.format(Locale.ROOT, "%s: %.1f s%n", phase, (System.nanoTime() - phaseStart) / 1e9));
            phase = "";
        }
    }
}
