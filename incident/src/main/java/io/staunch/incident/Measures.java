package io.staunch.incident;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Measure.Kind;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tasks that follow from an incident's findings. A finding that was not made brings no task; due days count from
/// the end of the incident.
final class Measures {
    private static final Duration CLOSE_TOGETHER = Duration.ofMinutes(30);

    private final Incident incident;
    private final Instant end;
    private final List<Measure> found = new ArrayList<>();

    private Measures(Incident incident) {
        this.incident = incident;
        this.end = incident.recovered().or(incident::closed).orElse(incident.detected());
    }

    static List<Measure> of(Incident incident) {
        Measures measures = new Measures(incident);
        measures.cure();
        measures.withdrawTheRelease();
        measures.tellTheOwner();
        measures.testTheHolder();
        measures.soak();
        measures.gate();
        measures.playbook();
        measures.spreadChanges();
        measures.alertBeforeUsers();
        measures.measureWhatWasNot();
        return List.copyOf(measures.found);
    }

    private void cure() {
        if (incident.cure().isPresent()) {
            Attempt cure = incident.cure().get();
            corrective(
                    Sentences.capital(cure.order()),
                    "operations",
                    "done on " + Times.day(cure.at()),
                    "the effect check saw the growth ended");
            incident.growth().exhaustion().ifPresent(exhaustion -> {
                Duration uptime = Duration.between(incident.began(), exhaustion);
                corrective(
                        "Look at the " + incident.growth().series().name() + " of " + incident.service()
                                + " again once " + cure.to() + " has run for " + Times.span(uptime),
                        "on-call",
                        Times.dayAfter(end.plus(uptime), 0),
                        "the leaky release would have reached its limit after that time");
            });
        } else {
            corrective(
                    "End the growth in " + incident.service(),
                    "on-call",
                    Times.day(end),
                    "no act of this incident was seen to end it");
        }
    }

    private void withdrawTheRelease() {
        incident.brokenBy()
                .ifPresent(release -> corrective(
                        "Bar release " + release.version() + " of " + incident.service() + " from being deployed again",
                        "release management",
                        Times.dayAfter(end, 1),
                        "it brought the leak"));
    }

    private void tellTheOwner() {
        incident.culprit().flatMap(Culprit::library).ifPresent(purl -> {
            Culprit culprit = incident.culprit().orElseThrow();
            String path = culprit.ownHolder()
                    .map(holder -> "the path to `" + holder + "`")
                    .orElse("the types that piled up");
            corrective(
                    "Give the owners of " + Sentences.library(purl) + " " + path
                            + (culprit.allocatedAt().isEmpty() ? "" : " and the line that allocates"),
                    "development of " + incident.service(),
                    Times.dayAfter(end, 2),
                    "what piled up belongs to `" + purl + "`");
        });
    }

    private void testTheHolder() {
        Optional<String> holder = incident.culprit().flatMap(Culprit::ownHolder);
        Optional<String> type = incident.culprit().flatMap(Culprit::lead).map(lead -> lead.type());
        if (holder.isPresent() && type.isPresent()) {
            preventative(
                    "Add a test that fills `" + holder.get() + "`, lets its entries end, and fails if instances of `"
                            + type.get() + "` remain",
                    "owners of "
                            + incident.culprit()
                                    .flatMap(Culprit::library)
                                    .map(Sentences::library)
                                    .orElse("the code"),
                    Times.dayAfter(end, 7),
                    "entries stayed there for good, and no test failed");
        }
    }

    private void soak() {
        incident.brokenBy()
                .flatMap(Release::since)
                .ifPresent(since -> preventative(
                        "Run every release of " + incident.service() + " in staging under this load for at least "
                                + Times.span(soakTime(since)) + ", and fail on a leak",
                        "quality assurance",
                        Times.dayAfter(end, 14),
                        "under live load the leak showed after " + Times.between(since, incident.detected())
                                + "; twice that leaves a margin"));
    }

    private Duration soakTime(Instant since) {
        long seconds = 2 * Duration.between(since, incident.detected()).toSeconds();
        return Duration.ofMinutes(Math.max(1, (seconds + 59) / 60));
    }

    private void gate() {
        if (incident.brokenBy().isPresent()
                && incident.impact()
                        .flatMap(impact -> impact.usersHitPercent().isPresent()
                                ? Optional.of(impact.usersHitPercent().getAsDouble())
                                : Optional.empty())
                        .filter(share -> share > 0)
                        .isPresent()) {
            preventative(
                    "Give a new release of " + incident.service() + " a small share of the users first, and widen it "
                            + "only while its " + incident.growth().series().name() + " stays level",
                    "release management",
                    Times.dayAfter(end, 30),
                    String.format(
                            java.util.Locale.ROOT,
                            "%.1f %% of the users were hit by one deployment",
                            incident.impact().orElseThrow().usersHitPercent().getAsDouble()));
        }
    }

    private void playbook() {
        for (Attempt attempt : incident.attempts()) {
            if (attempt.act().equals("restart") && attempt.didNotHelp()) {
                preventative(
                        "Write into the on-call playbook that a restart of " + incident.service()
                                + " buys time and cures nothing",
                        "on-call",
                        Times.dayAfter(end, 3),
                        attempt.effect()
                                .flatMap(Attempt.Seen::comparison)
                                .map(comparison -> "after the restart the growth returned at "
                                        + Figures.rate(comparison.series(), comparison.perHourAfter()))
                                .orElse("the growth returned after the restart"));
            }
        }
    }

    private void spreadChanges() {
        Instant since = incident.began();
        List<RecordedChange> close = incident.changes().stream()
                .filter(change -> change.kind() != RecordedChange.Kind.RESTART)
                .filter(change -> !change.at().isAfter(since) && change.at().isAfter(since.minus(CLOSE_TOGETHER)))
                .toList();
        if (close.size() > 1) {
            Duration apart =
                    Duration.between(close.getFirst().at(), close.getLast().at());
            preventative(
                    "Leave at least "
                            + Times.span(soakTime(
                                    incident.brokenBy().flatMap(Release::since).orElse(since))) + " between changes to "
                            + incident.service(),
                    "release management",
                    Times.dayAfter(end, 7),
                    close.size() + " changes within " + Times.span(apart)
                            + " made each of them a suspect; a leak takes longer than that to show");
        }
    }

    private void alertBeforeUsers() {
        preventative(
                "Page the on-call when Staunch calls a leak in the "
                        + incident.growth().series().name() + " of " + incident.service()
                        + ", with a link to its incident",
                "on-call",
                Times.dayAfter(end, 3),
                "it was called " + Times.between(incident.began(), incident.detected()) + " after it began"
                        + incident.growth()
                                .exhaustion()
                                .filter(exhaustion -> exhaustion.isAfter(incident.detected()))
                                .map(exhaustion -> ", " + Times.between(incident.detected(), exhaustion)
                                        + " before the memory would have run out")
                                .orElse(""));
    }

    private void measureWhatWasNot() {
        List<Suspect> blind = incident.suspects(Finding.NOT_MEASURED);
        if (!blind.isEmpty()) {
            preventative(
                    "Make measurable what could not be judged: "
                            + blind.stream().map(Suspect::name).collect(Collectors.joining(", ")),
                    "operations",
                    Times.dayAfter(end, 30),
                    blind.size() + " of " + incident.suspects().size() + " suspects ended as not measured");
        }
    }

    private void corrective(String task, String owner, String due, String because) {
        found.add(new Measure(Kind.CORRECTIVE, task, owner, due, because));
    }

    private void preventative(String task, String owner, String due, String because) {
        found.add(new Measure(Kind.PREVENTATIVE, task, owner, due, because));
    }
}
