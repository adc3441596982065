package io.staunch.drill.response;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmProbe;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Outcome;
import io.staunch.server.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps an investigation on whichever process of a service runs. Not thread-safe, but for what investigations tell.
final class Attention implements AutoCloseable {
    private final Service service;
    private final InvestigationOptions options;
    private final ConcurrentLinkedQueue<Progress> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger histograms = new AtomicInteger();
    private Optional<Watched> watched = Optional.empty();
    private Cost spent = Cost.NONE;

    /// One process under watch.
    record Watched(JvmProbe probe, Investigation investigation) {
        long pid() {
            return probe.info().pid();
        }

        Outcome soFar() {
            return investigation.soFar();
        }
    }

    Attention(Service service, InvestigationOptions options) {
        this.service = service;
        this.options = options;
    }

    /// The process that runs now, if it can be watched already. A process that has ended is let go.
    Optional<Watched> look() {
        OptionalLong running = service.pid();
        if (watched.isPresent()
                && (running.isEmpty() || running.getAsLong() != watched.get().pid())) {
            letGo();
        }
        if (watched.isEmpty() && running.isPresent()) {
            watched = attach(running.getAsLong());
        }
        return watched;
    }

    /// What was told since the last time.
    List<Progress> news() {
        List<Progress> news = new ArrayList<>();
        for (Progress next = told.poll(); next != null; next = told.poll()) {
            news.add(next);
        }
        return news;
    }

    /// How many class histograms were taken, over all processes of the service.
    int histograms() {
        return histograms.get();
    }

    private void hear(Progress progress) {
        if (progress instanceof Progress.PauseAhead ahead && ahead.what().startsWith("class histogram")) {
            histograms.incrementAndGet();
        } else {
            told.add(progress);
        }
    }

    /// What watching has cost since the first look, over all processes of the service.
    Cost cost() {
        return watched.map(now -> spent.plus(now.probe().cost())).orElse(spent);
    }

    /// Ends the investigation; its outcome stays readable through what was returned before.
    void letGo() {
        watched.ifPresent(old -> {
            old.investigation().close();
            spent = spent.plus(old.probe().cost());
            old.probe().close();
        });
        watched = Optional.empty();
    }

    @Override
    public void close() {
        letGo();
    }

    /// A process that is just starting refuses; it is asked again at the next look.
    private Optional<Watched> attach(long pid) {
        try {
            JvmProbe probe = JvmProbe.attach(pid);
            return Optional.of(new Watched(probe, Investigation.start(probe, options, this::hear)));
        } catch (AttachFailed e) {
            return Optional.empty();
        }
    }
}
