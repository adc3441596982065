package io.staunch.server.alert;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// One receiver of alerts: what it still has to be told, and what it was told last. One that does not take it is tried
/// again every half minute, for an hour after the leak is gone. Not thread-safe, but for [#problem].
final class Recipient {
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);

    private final Route route;
    private final String key;
    private final Conversations conversations;
    /// By incident.
    private final Map<String, Told> told = new HashMap<>();

    private volatile Optional<String> problem = Optional.empty();

    /// One incident.
    private static final class Told {
        private Optional<Alert> latest = Optional.empty();
        private Optional<News> last = Optional.empty();
        private Optional<String> thread = Optional.empty();
        private Instant at = Instant.MIN;
        private Instant tryNext = Instant.MIN;
        /// What it was told last is not kept yet.
        private boolean unkept;

        boolean isDue(Optional<Duration> again, Instant now) {
            if (latest.isEmpty() || now.isBefore(tryNext)) {
                return false;
            }
            Alert alert = latest.get();
            boolean news = last.isEmpty() ? alert.isFiring() : News.of(alert).saysMoreThan(last.get());
            boolean repeat = alert.isFiring()
                    && again.filter(every -> !now.isBefore(at.plus(every))).isPresent();
            return news || repeat;
        }

        boolean isOver(Instant now) {
            boolean resolved = latest.filter(alert -> !alert.isFiring()).isPresent();
            boolean untold = last.filter(News::firing).isPresent();
            return resolved && !unkept && (!untold || now.isAfter(at.plus(KEEP)));
        }
    }

    /// @param key names it among those that are configured, at the next start too
    Recipient(Route route, String key, Conversations conversations) {
        this.route = route;
        this.key = key;
        this.conversations = conversations;
    }

    /// Takes up what an earlier process told. What was told since stands.
    void remember(List<Conversation> kept, Instant now) {
        for (Conversation one : kept) {
            if (one.receiver().equals(key)) {
                Told known = told.computeIfAbsent(one.incident(), _ -> new Told());
                known.thread = known.thread.or(one::thread);
                known.last = known.last.or(() -> parsed(one.told()));
                known.at = known.at.equals(Instant.MIN) ? now : known.at;
            }
        }
    }

    /// What another version of ours wrote may not be; then it is told again.
    private static Optional<News> parsed(String text) {
        try {
            return Optional.of(News.parse(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Those of which it has to be told more some time.
    Set<String> incidents() {
        return Set.copyOf(told.keySet());
    }

    void take(List<Alert> seen) {
        for (Alert alert : seen) {
            told.computeIfAbsent(alert.incident(), _ -> new Told()).latest = Optional.of(alert);
        }
    }

    /// Tells what is due.
    void tell(Instant now) throws InterruptedException {
        for (Map.Entry<String, Told> one : new ArrayList<>(told.entrySet())) {
            if (one.getValue().isDue(route.again(), now)) {
                tell(one.getValue(), now);
            }
            if (one.getValue().unkept) {
                keep(one.getKey(), one.getValue());
            }
        }
        told.values().removeIf(one -> one.isOver(now));
    }

    private void tell(Told one, Instant now) throws InterruptedException {
        Alert alert = one.latest.orElseThrow();
        try {
            one.thread = route.tell(alert, one.thread, now);
            News news = News.of(alert);
            News sum = one.last.map(news::after).orElse(news);
            one.unkept = one.unkept || one.last.filter(sum::equals).isEmpty();
            one.last = Optional.of(sum);
            one.at = now;
            problem = Optional.empty();
        } catch (IOException e) {
            one.tryNext = now.plus(REST);
            problem = Optional.of(
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
    }

    /// One that is not kept is tried again at the next look.
    private void keep(String incident, Told one) {
        try {
            News last = one.last.orElseThrow();
            if (last.firing()) {
                conversations.keep(new Conversation(key, incident, one.thread, last.text()));
            } else {
                conversations.forget(key, incident);
            }
            one.unkept = false;
        } catch (IOException e) {
            // The page warns of the store.
            one.unkept = true;
        }
    }

    /// Why it does not take alerts now, with its name. For any thread.
    Optional<String> problem() {
        return problem.map(why -> route.name() + ": " + why);
    }
}
