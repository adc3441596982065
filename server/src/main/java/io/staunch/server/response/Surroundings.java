package io.staunch.server.response;

import io.staunch.diagnose.Neighbour;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What those who look after one service each know of each other. Safe for use by several threads.
final class Surroundings {
    private final Supplier<List<Attention>> all;
    private final Patience patience;

    /// @param all those that are looked after now
    Surroundings(Supplier<List<Attention>> all, Patience patience) {
        this.all = all;
        this.patience = patience;
    }

    /// The other services, as they stand now.
    List<Neighbour> of(Service service) {
        return all.get().stream()
                .filter(attention -> !attention.service().name().equals(service.name()))
                .map(Attention::asNeighbour)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The services that leak now, and this one.
    Set<String> degrading(Service service) {
        Set<String> names = all.get().stream()
                .filter(attention -> attention.isPressing(patience))
                .map(attention -> attention.service().name())
                .collect(Collectors.toSet());
        names.add(service.name());
        return names;
    }
}
