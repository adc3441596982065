package io.staunch.server.alert;

import io.staunch.incident.Incident;
import io.staunch.server.WatchedTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Tells the configured receivers of incidents, on a thread of its own. Nothing is told at the end: whoever watches
/// next goes on in the same threads, under the same keys. [#warnings] and [#close] may be called by any thread.
public final class Alerting implements AutoCloseable {
    private final Alerts alerts;
    private final List<Recipient> recipients;
    private final Seen seen;
    private final Conversations conversations;
    private final Duration lookEvery;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean remembered;

    /// How alerts are told.
    ///
    /// @param after how long after its detection an incident is told
    /// @param page  where receivers find the daemon's page; where it is served if absent
    public record Options(Duration after, Optional<URI> page, List<AlertRoute> routes) {
        public static final Options NONE = new Options(Duration.ofMinutes(2), Optional.empty(), List.of());

        public Options {
            routes = List.copyOf(routes);
        }
    }

    /// What there is to tell of.
    public interface Seen {
        /// The incidents that are open, and those that were closed lately.
        List<Incident> incidents();

        /// An incident that may be none of those any more; empty if it is not recorded or can't be read now.
        Optional<Incident> recorded(String id);

        List<WatchedTarget> targets();
    }

    private Alerting(Options options, URI page, Duration lookEvery, Seen seen, Conversations conversations) {
        this.seen = seen;
        this.alerts = new Alerts(options.after(), options.page().orElse(page));
        this.lookEvery = lookEvery;
        this.conversations = conversations;
        this.recipients = recipients(options.routes(), conversations);
    }

    /// Receivers that have the same name are told apart by their order.
    private static List<Recipient> recipients(List<AlertRoute> routes, Conversations conversations) {
        Set<String> keys = new HashSet<>();
        List<Recipient> recipients = new ArrayList<>();
        for (AlertRoute route : routes) {
            String key = route.key();
            for (int number = 2; !keys.add(key); number++) {
                key = route.key() + " " + number;
            }
            recipients.add(new Recipient(route.open(), key, conversations));
        }
        return recipients;
    }

    /// Looks every five seconds from now on.
    ///
    /// @param page          where the daemon's page is served, for links
    /// @param conversations what an earlier process told
    public static Alerting start(Options options, URI page, Seen seen, Conversations conversations) {
        return start(options, page, Duration.ofSeconds(5), seen, conversations);
    }

    static Alerting start(Options options, URI page, Duration lookEvery, Seen seen, Conversations conversations) {
        Alerting alerting = new Alerting(options, page, lookEvery, seen, conversations);
        if (!options.routes().isEmpty()) {
            Thread.ofVirtual().name("alerts").start(alerting::run);
        }
        return alerting;
    }

    /// The receivers that do not take alerts now, a sentence each.
    public List<String> warnings() {
        return recipients.stream()
                .flatMap(recipient -> recipient.problem().stream())
                .map(problem -> "Alerts do not reach " + problem)
                .sorted()
                .toList();
    }

    private void run() {
        try {
            do {
                look(Instant.now());
            } while (!closing.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Instant now) throws InterruptedException {
        remember(now);
        Set<String> known = recipients.stream()
                .flatMap(recipient -> recipient.incidents().stream())
                .collect(Collectors.toSet());
        List<Alert> due = alerts.look(incidents(known), seen.targets(), now, known);
        for (Recipient recipient : recipients) {
            recipient.take(due);
            recipient.tell(now);
        }
    }

    /// While the store is away nobody waits for it with an alert.
    private void remember(Instant now) {
        if (!remembered) {
            try {
                List<Conversation> kept = conversations.kept();
                recipients.forEach(recipient -> recipient.remember(kept, now));
                remembered = true;
            } catch (IOException e) {
                // It is asked again at the next look; the page warns of the store.
                remembered = false;
            }
        }
    }

    /// Those that there are, and those that receivers were told of and that were closed while nobody told.
    private List<Incident> incidents(Set<String> known) {
        List<Incident> all = new ArrayList<>(seen.incidents());
        Set<String> missing = new HashSet<>(known);
        all.forEach(incident -> missing.remove(incident.id()));
        missing.stream()
                .flatMap(id -> seen.recorded(id).stream())
                .filter(incident -> incident.status() != Incident.Status.OPEN)
                .forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
