package io.staunch.server.response;

import io.staunch.diagnose.Figures;
import io.staunch.server.InvestigationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Looks after the services of one system at once. The first incident that is handled to its end is the one that
/// counts; which service leaks is for the verdicts to find.
public final class Responders {
    private final Map<Service, Path> homes;
    private final InvestigationOptions investigation;
    private final Desk desk;

    /// The processes of each service are those that run in its release directories.
    ///
    /// @param homes         each holds `releases` and `current`
    /// @param investigation how far up the ladder of evidence each may climb
    public Responders(Map<Service, Path> homes, InvestigationOptions investigation, Desk desk) {
        this.homes = Map.copyOf(homes);
        this.investigation = investigation;
        this.desk = desk;
    }

    /// Until an incident is closed or the time is over.
    public Response look(Instant deadline) throws InterruptedException, ExecutionException {
        Instant from = Instant.now();
        List<Attention> attentions = new ArrayList<>();
        homes.forEach((service, home) -> attentions.add(
                new Attention(() -> service, new ReleaseProcesses(home, service.kind(), investigation))));
        Surroundings surroundings =
                new Surroundings(() -> attentions, desk.settings().patience());
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("responder-", 0).factory());
        try {
            ExecutorCompletionService<Response> answers = new ExecutorCompletionService<>(threads);
            for (Attention attention : attentions) {
                Callable<Response> work = () -> new Responder(attention, surroundings, desk).look(deadline);
                var _ = answers.submit(work);
            }
            for (int i = 0; i < attentions.size(); i++) {
                if (answers.take().get() instanceof Response.Handled handled) {
                    return handled;
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return new Response.NothingDetected("no leak was called in "
                + String.join(
                        ", ",
                        homes.keySet().stream().map(Service::name).sorted().toList()) + " within "
                + Figures.duration(Duration.between(from, Instant.now())));
    }
}
