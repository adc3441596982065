package io.staunch.drill.response;

import io.staunch.diagnose.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Looks after the services of one system at once. The first incident that is handled to its end is the one that
/// counts; which service leaks is for the verdicts to find.
public final class Responders {
    private final List<Service> services;
    private final Desk desk;

    public Responders(List<Service> services, Desk desk) {
        this.services = List.copyOf(services);
        this.desk = desk;
    }

    /// Until an incident is closed or the time is over.
    public Response look(Instant deadline) throws InterruptedException, ExecutionException {
        Instant from = Instant.now();
        List<Attention> attentions = services.stream()
                .map(service -> new Attention(service, desk.settings().investigation()))
                .toList();
        Surroundings surroundings = new Surroundings(attentions, desk.settings().patience());
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
                + String.join(", ", services.stream().map(Service::name).toList()) + " within "
                + Figures.duration(Duration.between(from, Instant.now())));
    }
}
