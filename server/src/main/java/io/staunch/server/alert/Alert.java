package io.staunch.server.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is told of one service that leaks, or did. Immutable.
///
/// @param service    there is one alert for all its instances
/// @param since      when it was first told; stays the same to the end
/// @param instances  those that leak, or did last
/// @param phase      where it stands
/// @param why        the verdict's sentence
/// @param pilesUp    the type that leads, once it is known
/// @param exhaustion when the first instance reaches its limit
/// @param page       where the whole of it can be seen
public record Alert(
        String service,
        Instant since,
        List<String> instances,
        Phase phase,
        String why,
        Optional<String> pilesUp,
        Optional<Instant> exhaustion,
        String page) {
    /// Where an alert stands.
    public enum Phase {
        FIRING,
        RESOLVED
    }

    public Alert {
        instances = List.copyOf(instances);
    }

    boolean isFiring() {
        return phase == Phase.FIRING;
    }

    /// Whether a person would want to be told what is new since the other one. Times move a little with every look.
    boolean saysMoreThan(Alert told) {
        return phase != told.phase || !pilesUp.equals(told.pilesUp) || !instances.equals(told.instances);
    }

    Alert resolved() {
        return new Alert(service, since, instances, Phase.RESOLVED, why, pilesUp, exhaustion, page);
    }

    /// One line.
    String summary() {
        return isFiring()
                ? "Memory leak in " + service
                        + pilesUp.map(type -> ": " + type + " piles up").orElse("")
                : "The memory leak in " + service + " is not seen any more";
    }

    /// As `staunch.alert/1`.
    Map<String, Object> form() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.alert/1");
        form.put("status", isFiring() ? "firing" : "resolved");
        form.put("service", service);
        form.put("since", since.toString());
        form.put("instances", instances);
        form.put("summary", summary());
        form.put("why", why);
        pilesUp.ifPresent(type -> form.put("pilesUp", type));
        exhaustion.ifPresent(end -> form.put("exhaustion", end.toString()));
        form.put("page", page);
        return form;
    }
}
