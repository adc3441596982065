package io.staunch.incident;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Entry.Kind;
import io.staunch.remedy.Effect;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes an incident down while it happens. Every call is on the disk when it returns, so that the record outlives a
/// crash. While the disk takes nothing the incident goes on in memory, which is told once, and is written as a whole
/// as soon as the disk takes it again. Safe for use by several threads.
public final class IncidentRecorder {
    private final IncidentStore store;
    private final String id;
    private final String service;
    private final String target;
    private final Instant detected;
    private final Consumer<String> told;
    private final List<Opinion> opinions = new ArrayList<>();
    private final List<RecordedChange> changes = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Entry> timeline = new ArrayList<>();
    private final Courses courses = new Courses();
    private Growth growth;
    private Incident.Status status = Incident.Status.OPEN;
    private Optional<Instant> causeNamed = Optional.empty();
    private Optional<Instant> recovered = Optional.empty();
    private Optional<Instant> closed = Optional.empty();
    private Optional<Culprit> culprit = Optional.empty();
    private Optional<Release> brokenBy = Optional.empty();
    private Optional<Impact> impact = Optional.empty();
    private Optional<WatchingCost> cost = Optional.empty();
    private List<Suspect> suspects = List.of();
    private boolean unwritten;

    private IncidentRecorder(
            IncidentStore store,
            String id,
            String service,
            String target,
            Instant detected,
            Growth growth,
            Consumer<String> told) {
        this.store = store;
        this.id = id;
        this.service = service;
        this.target = target;
        this.detected = detected;
        this.growth = growth;
        this.told = told;
    }

    /// Opens an incident because of a growth.
    ///
    /// @param told takes a sentence when the record can't be written any more, and when it can again
    public static IncidentRecorder open(
            IncidentStore store,
            String service,
            String target,
            Instant detected,
            Growth growth,
            Consumer<String> told) {
        IncidentRecorder recorder =
                new IncidentRecorder(store, store.nextId(service, detected), service, target, detected, growth, told);
        recorder.note(
                detected,
                Kind.SIGNAL,
                "Staunch called a leak in " + service + ": the "
                        + growth.series().name() + " grows.",
                Sentences.of(List.of(growth.why())));
        return recorder;
    }

    /// Goes on with an incident that is open in the store.
    ///
    /// @param told as for a new one
    public static IncidentRecorder resume(IncidentStore store, Incident open, Consumer<String> told) {
        IncidentRecorder recorder = new IncidentRecorder(
                store, open.id(), open.service(), open.target(), open.detected(), open.growth(), told);
        recorder.causeNamed = open.causeNamed();
        recorder.culprit = open.culprit();
        recorder.brokenBy = open.brokenBy();
        recorder.suspects = open.suspects();
        recorder.opinions.addAll(open.opinions());
        recorder.changes.addAll(open.changes());
        recorder.attempts.addAll(open.attempts());
        recorder.timeline.addAll(open.timeline());
        recorder.impact = open.impact();
        recorder.cost = open.cost();
        recorder.courses.resume(open.courses());
        return recorder;
    }

    public String id() {
        return id;
    }

    /// Adds a line to the timeline; its place is its time's.
    public synchronized void note(Instant at, Kind kind, String sentence, List<String> evidence) {
        timeline.add(new Entry(at, kind, sentence, evidence));
        save();
    }

    /// The growth as it is known by now: its rate and its beginning get clearer with time.
    public synchronized void grew(Growth clearer) {
        growth = clearer;
        save();
    }

    /// What was changed around the incident; those that are known already are left out.
    public synchronized void changed(Collection<RecordedChange> seen) {
        for (RecordedChange change : seen) {
            if (!changes.contains(change)) {
                changes.add(change);
                timeline.add(new Entry(
                        change.at(), Kind.CHANGE, Sentences.change(change), List.of("From " + change.source() + ".")));
            }
        }
        changes.sort(Comparator.comparing(RecordedChange::at));
        save();
    }

    /// The board as it stands now. A suspect that comes up, is implicated, or is cleared after it had been suspected
    /// gets a line of its own; those that were cleared at the first look share one.
    public synchronized void board(Instant at, List<Suspect> board) {
        List<Suspect> atFirstLook = new ArrayList<>();
        for (Suspect suspect : board) {
            Optional<Finding> before = opinionOf(suspect.id());
            if (before.filter(finding -> finding == suspect.finding()).isEmpty()) {
                opinions.add(new Opinion(at, suspect.id(), suspect.name(), suspect.finding()));
                if (suspect.finding() == Finding.CLEARED && !suspected(suspect, before)) {
                    atFirstLook.add(suspect);
                } else {
                    line(at, suspect).ifPresent(timeline::add);
                }
            }
        }
        if (!atFirstLook.isEmpty()) {
            timeline.add(Sentences.clearedTogether(at, atFirstLook));
        }
        suspects = List.copyOf(board);
        save();
    }

    /// The cause, once it is known. Told again when more is known of it; when something else is blamed then, it is
    /// only named by that time.
    public synchronized void cause(Instant at, Culprit found, Optional<Release> release, List<String> evidence) {
        boolean same = culprit.filter(found::agreesWith).isPresent()
                && brokenBy.map(Release::version).equals(release.map(Release::version));
        boolean named = causeNamed.isPresent();
        culprit = Optional.of(found);
        brokenBy = release;
        if (!named || !same) {
            causeNamed = Optional.of(at);
            timeline.add(new Entry(at, Kind.CAUSE, Sentences.cause(found, release, named), evidence));
        }
        save();
    }

    /// An act that was carried out, or could not be.
    public synchronized void attempted(Instant at, Remedy remedy, String agreedBy, String outcome, boolean done) {
        attempts.add(new Attempt(
                at,
                remedy.act(),
                remedy.order(),
                remedy.target().version(),
                agreedBy,
                outcome,
                done,
                Optional.empty()));
        timeline.add(new Entry(
                at, Kind.ACT, Sentences.capital(remedy.order()) + ", agreed by " + agreedBy + ".", List.of(outcome)));
        save();
    }

    /// What the effect check says of the last act.
    public synchronized void effect(Instant at, Effect effect) {
        if (attempts.isEmpty()) {
            throw new IllegalStateException("incident " + id + ": expected an act before its effect, found none");
        }
        Attempt.Seen seen = Attempt.Seen.of(at, effect);
        Attempt last = attempts.removeLast();
        attempts.add(last.with(seen));
        timeline.add(new Entry(at, Kind.EFFECT, Sentences.effect(last, seen), Sentences.figures(seen)));
        if (seen.result() == Attempt.Result.HELPED) {
            recovered = Optional.of(at);
        } else {
            recovered = Optional.empty();
        }
        save();
    }

    /// What was measured, of one process of the service or around it. Told again, it takes the place of what was told
    /// before of the same.
    ///
    /// @param life   whose it is, as `jvm 4242`
    /// @param limits the value at which a series fails
    public synchronized void measured(String life, Map<Series, List<Sample>> histories, Map<Series, Double> limits) {
        courses.put(life, histories, limits);
        save();
    }

    public synchronized void impact(Impact measured) {
        impact = Optional.of(measured);
        save();
    }

    public synchronized void cost(WatchingCost measured) {
        cost = Optional.of(measured);
        save();
    }

    /// Ends the incident: recovered if the last effect check saw the growth ended.
    public synchronized Incident close(Instant at) {
        closed = Optional.of(at);
        status = recovered.isPresent() ? Incident.Status.RECOVERED : Incident.Status.NOT_RECOVERED;
        timeline.add(new Entry(
                at,
                Kind.CLOSED,
                recovered.isPresent()
                        ? "The incident was closed: the growth has ended."
                        : "The incident was closed without a verified recovery.",
                List.of()));
        return save();
    }

    /// Ends the incident because there was no leak.
    public synchronized Incident withdraw(Instant at, String why) {
        closed = Optional.of(at);
        status = Incident.Status.WITHDRAWN;
        timeline.add(new Entry(
                at,
                Kind.CLOSED,
                "The incident was withdrawn: the verdict did not stand.",
                List.of(Sentences.withStop(why))));
        return save();
    }

    /// The record as it stands.
    public synchronized Incident soFar() {
        return new Incident(
                id,
                service,
                target,
                status,
                detected,
                causeNamed,
                recovered,
                closed,
                growth,
                culprit,
                brokenBy,
                suspects,
                opinions,
                changes,
                attempts,
                timeline.stream().sorted(Comparator.comparing(Entry::at)).toList(),
                impact,
                cost,
                courses.all(growth.series()));
    }

    private Incident save() {
        Incident now = soFar();
        try {
            store.save(now);
            if (unwritten) {
                told.accept("the record of incident " + id + " is on the disk again, whole");
            }
            unwritten = false;
        } catch (IOException e) {
            if (!unwritten) {
                told.accept("the record of incident " + id + " can't be written (" + e.getMessage()
                        + "); it goes on in memory");
            }
            unwritten = true;
        }
        return now;
    }

    private Optional<Finding> opinionOf(String suspectId) {
        return opinions.stream()
                .filter(opinion -> opinion.suspectId().equals(suspectId))
                .reduce((earlier, later) -> later)
                .map(Opinion::finding);
    }

    /// Whether anybody would have gone after it: it was open before, or it was changed shortly before.
    private static boolean suspected(Suspect suspect, Optional<Finding> before) {
        return before.filter(finding -> finding != Finding.NOT_MEASURED).isPresent()
                || Sentences.isChange(suspect.id());
    }

    private static Optional<Entry> line(Instant at, Suspect suspect) {
        return switch (suspect.finding()) {
            case IMPLICATED ->
                Optional.of(new Entry(
                        at, Kind.HYPOTHESIS, "Implicated: " + suspect.name() + ".", Sentences.of(suspect.evidence())));
            case INCONCLUSIVE ->
                Optional.of(new Entry(
                        at, Kind.HYPOTHESIS, "Suspected: " + suspect.name() + ".", Sentences.of(suspect.evidence())));
            case CLEARED ->
                Optional.of(new Entry(
                        at,
                        Kind.CLEARED,
                        "Cleared after suspicion: " + suspect.name() + ".",
                        Sentences.of(suspect.evidence())));
            case NOT_MEASURED -> Optional.empty();
        };
    }
}
