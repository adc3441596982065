package io.staunch.server.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is told of one incident. Immutable.
///
/// @param incident   its id, which is the key of all that is told of it
/// @param service    there is one incident for all its instances
/// @param since      when the leak was detected
/// @param instances  those that leak, or did last
/// @param phase      where it stands
/// @param why        the verdict's sentence
/// @param pilesUp    the type that leads, once it is known
/// @param exhaustion when the first instance reaches its limit
/// @param acts       what was done about it, and what came of it, as sentences
/// @param runbook    the page of the playbook that fits
/// @param page       where the whole of it can be seen
public record Alert(
        String incident,
        String service,
        Instant since,
        List<String> instances,
        Phase phase,
        String why,
        Optional<String> pilesUp,
        Optional<Instant> exhaustion,
        List<String> acts,
        String runbook,
        String page) {
    /// Where an alert stands.
    public enum Phase {
        FIRING,
        RESOLVED
    }

    public Alert {
        instances = List.copyOf(instances);
        acts = List.copyOf(acts);
    }

    boolean isFiring() {
        return phase == Phase.FIRING;
    }

    /// One line.
    String summary() {
        return isFiring()
                ? "Memory leak in " + service
                        + pilesUp.map(type -> ": " + type + " piles up").orElse("")
                : "The memory leak in " + service + " is over";
    }

    /// Why, and what was done.
    List<String> sentences() {
        return Stream.concat(Stream.of(why), acts.stream()).toList();
    }

    /// As `staunch.alert/1`.
    Map<String, Object> form() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.alert/1");
        form.put("status", isFiring() ? "firing" : "resolved");
        form.put("incident", incident);
        form.put("service", service);
        form.put("since", since.toString());
        form.put("instances", instances);
        form.put("summary", summary());
        form.put("why", why);
        pilesUp.ifPresent(type -> form.put("pilesUp", type));
        exhaustion.ifPresent(end -> form.put("exhaustion", end.toString()));
        if (!acts.isEmpty()) {
            form.put("acts", acts);
        }
        form.put("runbook", runbook);
        form.put("page", page);
        return form;
    }
}
