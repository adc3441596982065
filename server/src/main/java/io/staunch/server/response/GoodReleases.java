package io.staunch.server.response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Releases that were watched without a leak, by service. Safe for use by several threads.
public final class GoodReleases {
    private final Optional<Path> file;
    private final Map<String, Set<String>> seen = new HashMap<>();

    private GoodReleases(Optional<Path> file) {
        this.file = file;
    }

    /// Forgotten with the process.
    public static GoodReleases forgetful() {
        return new GoodReleases(Optional.empty());
    }

    /// Kept in a file, one `service<tab>version` a line.
    ///
    /// @throws IOException if it is there and can't be read
    public static GoodReleases in(Path file) throws IOException {
        GoodReleases good = new GoodReleases(Optional.of(file));
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.split("\t", -1);
                if (words.length == 2) {
                    good.of(words[0], true).add(words[1]);
                }
            }
        }
        return good;
    }

    synchronized Set<String> of(String service) {
        return Set.copyOf(of(service, false));
    }

    private Set<String> of(String service, boolean keep) {
        return keep
                ? seen.computeIfAbsent(service, _ -> new LinkedHashSet<>())
                : seen.getOrDefault(service, new LinkedHashSet<>());
    }

    /// Takes one more.
    ///
    /// @return false if it was known already
    synchronized boolean add(String service, String version) throws IOException {
        if (!of(service, true).add(version)) {
            return false;
        }
        if (file.isPresent()) {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            Files.write(
                    file.get(),
                    List.of(service + "\t" + version),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        return true;
    }

    /// It leaked after all: it is good no more, until the next start at the latest.
    synchronized void doubt(String service, String version) {
        of(service, true).remove(version);
    }
}
