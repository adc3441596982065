package io.staunch.drill;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.incident.Impact;
import io.staunch.server.response.UserFigures;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is measured around the services: at the load, and on the ways between them.
record ShopFigures(LoadReport load, HopReport hops) implements UserFigures {
    @Override
    public Map<Series, List<Sample>> since(Instant from) throws IOException {
        Map<Series, List<Sample>> all = new HashMap<>(load.since(from));
        all.putAll(hops.since(from));
        return all;
    }

    @Override
    public Optional<Impact> impact(Instant quiet, Instant began, Instant cured, Instant now) throws IOException {
        return load.impact(quiet, began, cured, now);
    }
}
