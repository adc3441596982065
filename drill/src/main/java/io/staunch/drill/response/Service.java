package io.staunch.drill.response;

import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A service that is known by its release directories: its processes are those that run in one of them.
///
/// @param home         holds `releases` and `current`
/// @param attestedGood releases that a person has named good
public record Service(String name, Kind kind, Path home, Platform platform, Mode mode, Set<String> attestedGood) {
    public Service {
        attestedGood = Set.copyOf(attestedGood);
    }

    /// What its processes are.
    public enum Kind {
        JVM,
        REDIS
    }

    /// The processes that run now, the youngest first.
    List<Running> running() {
        try {
            Path real = home.toRealPath();
            Path current = home.resolve("current").toRealPath();
            return ProcessHandle.allProcesses()
                    .flatMap(process -> Running.of(process, kind, real, current).stream())
                    .sorted(Comparator.comparing(Running::started).reversed())
                    .toList();
        } catch (IOException e) {
            // Nothing was deployed yet.
            return List.of();
        }
    }

    /// The process to look at: the youngest of the release in place, else the youngest.
    static Optional<Running> leading(List<Running> running) {
        return running.stream()
                .filter(Running::current)
                .findFirst()
                .or(() -> running.stream().findFirst());
    }
}
