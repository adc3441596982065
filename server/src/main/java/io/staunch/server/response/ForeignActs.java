package io.staunch.server.response;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Neighbour;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Entry.Kind;
import io.staunch.incident.Incident;
import io.staunch.remedy.PastAct;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What people do during an incident without asking: each act is written down and its effect is checked like
/// that of Staunch's own, so that a suspect that was acted on in vain is known to be none.
final class ForeignActs {
    private static final String UNKNOWN = "unknown";
    private static final String THEM = "the team, without Staunch";
    /// A restart next door that changed nothing within this time changes nothing.
    private static final Duration NEXT_DOOR = Duration.ofSeconds(11);

    private final OpenIncident incident;
    private final Board board;
    private final EffectChecks effects;
    private final InstantSource clock = InstantSource.system();
    private final Set<RecordedChange> seen = new HashSet<>();
    private final Set<String> accounted = new HashSet<>();
    private final Map<String, Instant> unannounced = new HashMap<>();
    private Instant ownFrom = Instant.MAX;

    /// @param incident changes from before it was detected are none of its
    ForeignActs(OpenIncident incident, Board board, EffectChecks effects) {
        this.incident = incident;
        this.board = board;
        this.effects = effects;
    }

    /// From now on what changes in this service is our own doing.
    void ownActBegins() {
        ownFrom = clock.instant();
    }

    void ownActEnds() throws InterruptedException {
        incident.releases().changes().stream()
                .filter(change -> change.service().equals(incident.service().name()))
                .filter(change -> !change.at().isBefore(ownFrom))
                .forEach(seen::add);
        ownFrom = Instant.MAX;
    }

    /// Takes up an incident that was open before we were started anew: what it knows already is no news, nor is what
    /// our own acts changed.
    void resume(Incident open) throws IOException, InterruptedException {
        Duration limit = incident.desk().settings().actLimit();
        List<PastAct> own = incident.desk().audit().pastActs().stream()
                .filter(act -> act.service().equals(incident.service().name()))
                .toList();
        incident.releases().changes().stream()
                .filter(change -> open.changes().contains(change)
                        || own.stream()
                                .anyMatch(act -> !change.at().isBefore(act.at())
                                        && change.at().isBefore(act.at().plus(limit))))
                .forEach(seen::add);
    }

    /// The process that runs now needs no explanation.
    void accountFor(Optional<Watched> now) {
        now.ifPresent(watched -> accounted.add(watched.process().id()));
    }

    /// A process that took the place of the one before although nobody said so: it was restarted or put in place by
    /// others, or by whatever starts it again when it ends.
    ///
    /// @return true if that ended the growth
    boolean followReplacement(Optional<Watched> now, Instant deadline) throws IOException, InterruptedException {
        if (now.isEmpty() || accounted.contains(now.get().process().id())) {
            return false;
        }
        Watched fresh = now.get();
        if (fresh.started().isBefore(incident.detected())) {
            accountFor(now);
            return false;
        }
        Instant first = unannounced.computeIfAbsent(fresh.process().id(), _ -> clock.instant());
        if (clock.instant().isBefore(first.plus(incident.desk().settings().announced()))) {
            return false;
        }
        accountFor(now);
        Remedy remedy = replacement(fresh);
        incident.tell("sees that others have acted: " + remedy.order());
        return effectOf(remedy, fresh.started(), "It was seen to run anew.", deadline);
    }

    /// What it looks like from outside.
    private Remedy replacement(Watched fresh) throws InterruptedException {
        String service = incident.service().name();
        Release now = new Release(service, fresh.release().orElse(UNKNOWN), Optional.empty(), List.of());
        Optional<Release> broken = incident.cause().attribution().release();
        if (broken.isEmpty()
                || broken.get().version().equals(now.version())
                || fresh.release().isEmpty()) {
            return new Remedy.Restart(service, now);
        }
        boolean ranBefore = incident.releases().inPlace().stream()
                .anyMatch(placed -> placed.version().equals(now.version())
                        && placed.since()
                                .orElse(Instant.MAX)
                                .isBefore(broken.get().since().orElse(Instant.MIN)));
        return ranBefore
                ? new Remedy.RollBack(service, broken.get(), now)
                : new Remedy.Patch(service, broken.get(), now);
    }

    /// Takes notice of what was done since the last time and waits for what comes of it.
    ///
    /// @return true if it ended the growth
    boolean follow(Instant deadline) throws IOException, InterruptedException {
        List<RecordedChange> fresh = new ArrayList<>(incident.releases().changes());
        fresh.removeIf(change -> change.at().isBefore(incident.detected())
                || seen.contains(change)
                || change.source().equals(ToldChanges.OWN));
        fresh.sort(Comparator.comparing(RecordedChange::at));
        boolean ended = false;
        for (RecordedChange change : fresh) {
            seen.add(change);
            ended = follow(change, deadline) || ended;
        }
        return ended;
    }

    private boolean follow(RecordedChange change, Instant deadline) throws IOException, InterruptedException {
        incident.recorder().changed(List.of(change));
        if (!change.service().equals(incident.service().name())) {
            nextDoor(change, deadline);
            return false;
        }
        return switch (change.kind()) {
            case SCALE -> {
                scaled(change, deadline);
                yield false;
            }
            case RELEASE, ROLLBACK, RESTART -> effectOf(change, deadline);
            case SCHEMA, CONFIGURATION -> false;
        };
    }

    /// Something else was restarted or changed: does the growth go on here?
    private void nextDoor(RecordedChange change, Instant deadline) throws IOException, InterruptedException {
        incident.tell("sees " + change.service() + " changed by others ("
                + change.kind().name().toLowerCase(Locale.ROOT) + "); looks whether the growth goes on");
        board.judge(clock.instant());
        Instant until = change.at().plus(NEXT_DOOR);
        waitUntil(until.isBefore(deadline) ? until : deadline);
        tellNewlyCleared(board.last(), board.judge(clock.instant()));
    }

    /// More instances: if the new one grows as the old one does, it was not for want of capacity.
    private void scaled(RecordedChange change, Instant deadline) throws IOException, InterruptedException {
        incident.tell(
                "sees the number of instances changed by others (" + change.what() + "); watches the new one too");
        board.open(clock.instant(), "capacity", change.what());
        Instant end = change.at().plus(incident.desk().settings().longestEffect());
        while (clock.instant().isBefore(end) && clock.instant().isBefore(deadline)) {
            incident.attention().look();
            incident.attention().news();
            List<Neighbour> others = incident.attention().others();
            Optional<String> culprit = incident.cause().lead().map(Accumulation::type);
            if (culprit.isPresent()
                    && others.stream()
                            .anyMatch(other -> other.growth(culprit.get()).isPresent())) {
                tellNewlyCleared(
                        List.of(),
                        board.judge(clock.instant()).stream()
                                .filter(suspect -> suspect.id().equals("capacity"))
                                .toList());
                return;
            }
            Thread.sleep(incident.desk().settings().lookEvery().toMillis());
        }
        incident.recorder()
                .note(
                        clock.instant(),
                        Kind.EVIDENCE,
                        "The new instances were watched; whether they grow too can't be told yet.",
                        List.of());
    }

    private boolean effectOf(RecordedChange change, Instant deadline) throws IOException, InterruptedException {
        Optional<Remedy> remedy = remedy(change);
        if (remedy.isEmpty()) {
            return false;
        }
        incident.tell("sees that others have acted: " + remedy.get().order());
        incident.attention().letGo();
        return effectOf(remedy.get(), change.at(), "It was done by hand.", deadline);
    }

    private boolean effectOf(Remedy remedy, Instant at, String outcome, Instant deadline) throws InterruptedException {
        incident.recorder().attempted(at, remedy, THEM, outcome, true);
        boolean helped = effects.helped(remedy, THEM, at, deadline);
        accountFor(incident.attention().look());
        return helped;
    }

    /// The act that the change was.
    private Optional<Remedy> remedy(RecordedChange change) throws IOException, InterruptedException {
        Releases releases = incident.releases();
        String service = incident.service().name();
        Optional<Release> now = releases.at(change.at());
        Optional<Release> before = now.flatMap(releases::before);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        return switch (change.kind()) {
            case RESTART -> Optional.of(new Remedy.Restart(service, now.get()));
            case ROLLBACK -> before.map(from -> new Remedy.RollBack(service, from, now.get()));
            case RELEASE -> before.map(from -> new Remedy.Patch(service, from, now.get()));
            case SCHEMA, CONFIGURATION, SCALE -> Optional.empty();
        };
    }

    private void tellNewlyCleared(List<Suspect> before, List<Suspect> after) {
        for (Suspect suspect : after) {
            boolean was =
                    before.stream().anyMatch(old -> old.id().equals(suspect.id()) && old.finding() == Finding.CLEARED);
            if (suspect.finding() == Finding.CLEARED && !was) {
                incident.tell("not " + suspect.name() + ": " + String.join("; ", suspect.evidence()));
            }
        }
    }

    private void waitUntil(Instant time) throws InterruptedException {
        while (clock.instant().isBefore(time)) {
            incident.attention().look();
            incident.attention().news();
            Thread.sleep(incident.desk().settings().lookEvery().toMillis());
        }
    }
}
