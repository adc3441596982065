package io.staunch.server.response;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import io.staunch.incident.Incident;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.Recovery;
import io.staunch.server.response.Narrator.Voice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks after one service: watches whichever process of it runs, opens an incident when it leaks, names the
/// cause, clears the innocent, and goes through remedies until an effect check sees the growth ended or its time
/// is over.
final class Responder {
    /// A process that has been judged well for so long runs a good release, although it runs on.
    private static final Duration WELL = Duration.ofMinutes(30);

    private final Attention attention;
    private final Surroundings surroundings;
    private final Desk desk;
    private final Ledger ledger;
    private final InstantSource clock = InstantSource.system();
    private Instant watchingSince = Instant.MAX;
    private final EarlyWord early;
    private Optional<Watched> attended = Optional.empty();
    private Optional<Instant> stood = Optional.empty();

    Responder(Attention attention, Surroundings surroundings, Desk desk) {
        this.attention = attention;
        this.surroundings = surroundings;
        this.desk = desk;
        this.ledger = new Ledger(attention, this::tell);
        this.early = new EarlyWord(attention.service().kind(), ledger, sentence -> tell(name() + ": " + sentence));
    }

    /// Until the incident is closed or the time is over. What an earlier one of us left unfinished is settled
    /// first.
    Response look(Instant deadline) throws IOException, InterruptedException {
        watchingSince = clock.instant();
        settle();
        try (attention) {
            while (clock.instant().isBefore(deadline)) {
                Optional<Incident> incident = next(deadline, deadline);
                if (incident.isPresent() && incident.get().status() != Incident.Status.WITHDRAWN) {
                    return new Response.Handled(incident.get());
                }
            }
            return new Response.NothingDetected("no leak was called in " + name() + " within "
                    + Figures.duration(Duration.between(watchingSince, clock.instant())));
        }
    }

    /// Writes down what became of acts that a crash left unfinished.
    List<Remedies.Unfinished> settle() throws IOException, InterruptedException {
        List<AuditLine> begun = desk.audit().unfinished().stream()
                .filter(line -> line.service().equals(name()))
                .toList();
        List<AuditLine> settled =
                Recovery.settle(desk.audit(), attention.service().platform(), name());
        List<Remedies.Unfinished> acts = new ArrayList<>();
        for (AuditLine line : settled) {
            tell("an act was left unfinished (" + line.act() + " to " + line.to() + "): " + line.detail());
            begun.stream()
                    .filter(intention ->
                            intention.act().equals(line.act()) && intention.to().equals(line.to()))
                    .findFirst()
                    .ifPresent(intention -> acts.add(new Remedies.Unfinished(intention, line)));
        }
        return acts;
    }

    /// The next incident, looked after to its end.
    ///
    /// @param detectBy empty if no leak was called by then
    /// @param deadline of the incident, once there is one
    Optional<Incident> next(Instant detectBy, Instant deadline) throws IOException, InterruptedException {
        if (watchingSince.equals(Instant.MAX)) {
            watchingSince = clock.instant();
        }
        Optional<Called> leak = untilItLeaks(detectBy);
        return leak.isPresent() ? Optional.of(respond(leak.get(), deadline)) : Optional.empty();
    }

    /// Goes on with an incident that an earlier one of us left open.
    ///
    /// @param settled acts that were left unfinished
    Incident resume(Incident open, List<Remedies.Unfinished> settled) throws IOException, InterruptedException {
        watchingSince = clock.instant();
        return theCase().resume(open, settled);
    }

    /// A verdict.
    ///
    /// @param at    when it was first told of this process, and not taken back since
    /// @param stood since when it has not changed
    record Called(Instant at, Instant stood, Judgement leak) {}

    /// The first leak whose verdict stood for a while.
    private Optional<Called> untilItLeaks(Instant deadline) throws InterruptedException {
        while (clock.instant().isBefore(deadline)) {
            Optional<Watched> now = attend();
            Optional<Judgement> leak =
                    now.map(watched -> watched.soFar().diagnosis().overall()).filter(Judgement::isLeak);
            if (leak.isEmpty()) {
                stood = Optional.empty();
                now.ifPresent(this::calm);
            } else {
                Instant since = stood.orElseGet(clock::instant);
                stood = Optional.of(since);
                if (!attention.isFillingAsItDoes(desk.settings().patience())) {
                    early.leaks(now.get(), good(), clock.instant());
                }
                if (attention.isPressing(desk.settings().patience())
                        && clock.instant().isAfter(since.plus(desk.settings().standing()))) {
                    return Optional.of(new Called(early.since().orElse(since), since, leak.get()));
                }
            }
            Thread.sleep(desk.settings().lookEvery().toMillis());
        }
        return Optional.empty();
    }

    /// Looks at the process that runs now; a new one is told, and the release of the one before it is remembered.
    private Optional<Watched> attend() {
        Optional<Watched> now = attention.lookForTrouble();
        if (now.isPresent() && attended.filter(now.get()::equals).isEmpty()) {
            attended.ifPresent(this::remember);
            attention.news();
            tell("watches " + name() + " (" + now.get().label() + release(now.get()) + ")");
            attended = now;
            ledger.ran(now.get());
        }
        return now;
    }

    private void calm(Watched running) {
        early.isCalm(running, clock.instant());
        rememberIfWell(running);
    }

    private void rememberIfWell(Watched running) {
        if (running.soFar().watched().compareTo(WELL) >= 0 && isWell(running.soFar())) {
            running.release().ifPresent(version -> remember(running, version));
        }
    }

    /// A release whose process was watched to its end and judged not to leak is good.
    private void remember(Watched ended) {
        Known known = ended.soFar();
        Verdict verdict = known.diagnosis().overall().verdict();
        if (ended.release().isEmpty()) {
            return;
        }
        if (isWell(known)) {
            remember(ended, ended.release().get());
        } else if (!(verdict instanceof Verdict.Leaking)) {
            tell(watched(ended) + ", too briefly to call it good: " + verdict.why());
        }
    }

    private void remember(Watched watched, String version) {
        try {
            if (desk.good().add(name(), version)) {
                tell(watched(watched) + " without a leak: "
                        + watched.soFar().diagnosis().overall().verdict().why());
            }
        } catch (IOException e) {
            tell(name() + " " + version + " is known to be good, which can't be kept: " + e.getMessage());
        }
    }

    private String watched(Watched process) {
        return name() + " " + process.release().orElse("") + " was watched for "
                + Figures.duration(process.soFar().watched());
    }

    private boolean isWell(Known known) {
        return known.isWell(desk.settings().patience().settling());
    }

    /// Releases that were watched without a leak, or named good by a person.
    private Set<String> good() {
        Set<String> good = new HashSet<>(desk.good().of(name()));
        good.addAll(attention.service().attestedGood());
        return good;
    }

    private Instant changesFrom() {
        return watchingSince.minus(desk.settings().lookBack());
    }

    private static String release(Watched watched) {
        return watched.release().map(name -> ", release " + name).orElse("");
    }

    private Incident respond(Called called, Instant deadline) throws IOException, InterruptedException {
        Optional<EarlyWord.Said> said = early.said();
        early.forget();
        stood = Optional.empty();
        return theCase().respond(called, attended.orElseThrow(), said, deadline);
    }

    private Case theCase() {
        return new Case(attention, surroundings, desk, ledger, good(), changesFrom());
    }

    private String name() {
        return attention.service().name();
    }

    private void tell(String sentence) {
        desk.narrator().tell(clock.instant(), Voice.STAUNCH, sentence);
    }
}
