package io.staunch.server.web;

import io.staunch.detect.Verdict.Rate;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.JsonForm;
import io.staunch.diagnose.LeakKind;
import io.staunch.incident.Attempt;
import io.staunch.incident.Course;
import io.staunch.incident.Entry;
import io.staunch.incident.Growth;
import io.staunch.incident.Impact;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentText;
import io.staunch.incident.Mark;
import io.staunch.incident.Measure;
import io.staunch.incident.Opinion;
import io.staunch.incident.Postmortem;
import io.staunch.incident.WatchingCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An incident in JSON: in brief for the list, or all that is recorded. What is not known has no key.
final class IncidentForm {
    private IncidentForm() {}

    static Map<String, Object> brief(Incident incident) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", incident.id());
        form.put("service", incident.service());
        form.put("target", incident.target());
        form.put("status", incident.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        form.put("sentence", IncidentText.sentence(incident));
        form.put("began", incident.began().toString());
        form.put("detected", incident.detected().toString());
        time(form, "causeNamed", incident.causeNamed());
        time(form, "recovered", incident.recovered());
        time(form, "closed", incident.closed());
        incident.lasted().map(Duration::toSeconds).ifPresent(seconds -> form.put("lastedSeconds", seconds));
        form.put("growth", growth(incident.growth()));
        incident.culprit().flatMap(Culprit::lead).ifPresent(lead -> form.put("pilesUp", lead.type()));
        incident.culprit().flatMap(Culprit::library).ifPresent(purl -> form.put("library", purl));
        incident.brokenBy().ifPresent(release -> form.put("release", release.version()));
        form.put(
                "playbook",
                LeakKind.of(incident.culprit(), incident.growth().series()).slug());
        return form;
    }

    /// @param acting whether there are acts to agree to
    static Map<String, Object> whole(Incident incident, boolean acting) {
        Map<String, Object> form = brief(incident);
        form.put("acting", acting);
        incident.culprit().ifPresent(culprit -> form.put("culprit", JsonForm.culprit(culprit)));
        form.put("suspects", incident.suspects().stream().map(JsonForm::suspect).toList());
        form.put(
                "opinions",
                incident.opinions().stream().map(IncidentForm::opinion).toList());
        form.put("marks", Mark.of(incident).stream().map(IncidentForm::mark).toList());
        form.put(
                "attempts",
                incident.attempts().stream().map(IncidentForm::attempt).toList());
        form.put(
                "timeline",
                incident.timeline().stream().map(IncidentForm::entry).toList());
        incident.impact().ifPresent(impact -> form.put("impact", impact(impact)));
        incident.cost().ifPresent(cost -> form.put("cost", cost(cost)));
        form.put(
                "measures",
                Postmortem.measures(incident).stream()
                        .map(IncidentForm::measure)
                        .toList());
        form.put(
                "history", incident.courses().stream().map(IncidentForm::course).toList());
        return form;
    }

    private static void time(Map<String, Object> form, String key, Optional<Instant> at) {
        at.ifPresent(time -> form.put(key, time.toString()));
    }

    private static Map<String, Object> growth(Growth growth) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("series", growth.series().name());
        form.put("unit", growth.series().unit().symbol());
        Rate rate = growth.rate();
        form.put("ratePerHour", Math.round(rate.perHour()));
        form.put("rateLow", Math.round(rate.low()));
        form.put("rateHigh", Math.round(rate.high()));
        form.put("since", growth.since().toString());
        time(form, "exhaustion", growth.exhaustion());
        form.put("confidence", growth.confidence());
        form.put("why", growth.why());
        return form;
    }

    private static Map<String, Object> opinion(Opinion opinion) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("at", opinion.at().toString());
        form.put("id", opinion.suspectId());
        form.put("suspect", opinion.name());
        form.put("finding", opinion.finding().symbol());
        return form;
    }

    private static Map<String, Object> mark(Mark mark) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("at", mark.at().toString());
        form.put("kind", mark.kind().name().toLowerCase(Locale.ROOT));
        form.put("what", mark.what());
        return form;
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("at", attempt.at().toString());
        form.put("act", attempt.act());
        form.put("order", attempt.order());
        form.put("to", attempt.to());
        form.put("agreedBy", attempt.agreedBy());
        form.put("outcome", attempt.outcome());
        form.put("done", attempt.done());
        attempt.effect().ifPresent(seen -> {
            form.put("effect", seen.result().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            form.put("effectWhy", seen.why());
        });
        return form;
    }

    private static Map<String, Object> entry(Entry entry) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("at", entry.at().toString());
        form.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        form.put("sentence", entry.sentence());
        form.put("evidence", entry.evidence());
        return form;
    }

    private static Map<String, Object> impact(Impact impact) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("source", impact.source());
        impact.usersHitPercent().ifPresent(percent -> form.put("usersHitPercent", percent));
        impact.checkoutsLost().ifPresent(lost -> form.put("checkoutsLost", lost));
        return form;
    }

    private static Map<String, Object> cost(WatchingCost cost) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("addedPauseMillis", cost.addedPauseMillis());
        form.put("targetCpuMillis", cost.targetCpuMillis());
        form.put("rungs", cost.rungs());
        return form;
    }

    private static Map<String, Object> measure(Measure measure) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("kind", measure.kind().word());
        form.put("task", measure.task());
        form.put("owner", measure.owner());
        form.put("due", measure.due());
        form.put("because", measure.because());
        return form;
    }

    /// As the series of a target.
    private static Map<String, Object> course(Course course) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("series", course.series().name());
        form.put("unit", course.series().unit().symbol());
        course.limit().ifPresent(limit -> form.put("limit", limit));
        List<List<Number>> points = new ArrayList<>();
        for (int i = 0; i < course.values().size(); i++) {
            points.add(List.of(course.atMillis().get(i) / 1e3, course.values().get(i)));
        }
        form.put("points", points);
        return form;
    }
}
