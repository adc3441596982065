package io.staunch.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A version of a service, with the libraries it ships.
///
/// @param since     from when it is or was in place; absent for a release that lies ready and never ran, or whose
///                  time nobody recorded
/// @param libraries in the order of their package URLs; those whose coordinates could not be read are left out
public record Release(String service, String version, Optional<Instant> since, List<Library> libraries) {
    public Release {
        if (service.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException(
                    "release: expected a service and a version, found '" + service + "' and '" + version + "'");
        }
        libraries = libraries.stream().sorted().toList();
    }

    public Release since(Instant at) {
        return new Release(service, version, Optional.of(at), libraries);
    }
}
