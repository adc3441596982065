package io.staunch.server.alert;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// What of an alert a person would want to be told of once. Times move a little with every look and are no news.
///
/// @param pilesUp empty while it is not known
record News(boolean firing, String pilesUp, List<String> acts, Set<String> instances) {
    private static final JsonMapper JSON = new JsonMapper();

    News {
        acts = List.copyOf(acts);
        instances = Set.copyOf(instances);
    }

    static News of(Alert alert) {
        return new News(alert.isFiring(), alert.pilesUp().orElse(""), alert.acts(), Set.copyOf(alert.instances()));
    }

    /// An instance that does not leak any more is no news as long as others do.
    boolean saysMoreThan(News told) {
        return firing != told.firing
                || !pilesUp.equals(told.pilesUp)
                || !acts.equals(told.acts)
                || !told.instances.containsAll(instances);
    }

    /// With the instances that were told of before.
    News after(News told) {
        Set<String> all = new TreeSet<>(told.instances);
        all.addAll(instances);
        return new News(firing, pilesUp, acts, all);
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    /// @throws tools.jackson.core.JacksonException if that is not what `text` wrote
    static News parse(String text) {
        return JSON.readValue(text, News.class);
    }
}
