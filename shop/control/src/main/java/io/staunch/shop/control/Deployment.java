package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The releases of one service that are installed in a running shop: `releases/VERSION`, the link `current` to one of
/// them, and `history`, one version a line in the order in which they became current.
final class Deployment {
    private final Home home;
    private final String service;
    private final Path dir;

    Deployment(Home home, String service, Path dir) {
        this.home = home;
        this.service = service;
        this.dir = dir;
    }

    String service() {
        return service;
    }

    Path currentLink() {
        return dir.resolve("current");
    }

    Optional<Release> current() throws IOException, ShopException {
        return Files.exists(currentLink())
                ? Optional.of(Release.read(currentLink().toRealPath()))
                : Optional.empty();
    }

    /// Copies the release into place; `current` still points at the one before.
    Release install(String version) throws IOException, ShopException {
        Release offered = home.release(service, version);
        Path target = dir.resolve("releases").resolve(version);
        if (!Files.isDirectory(target)) {
            Path partial = dir.resolve("releases").resolve("." + version);
            copy(offered.dir(), partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return Release.read(target);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /// Makes the release the current one in one step.
    void activate(Release release) throws IOException {
        Path fresh = dir.resolve(".current");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, Path.of("releases", release.version()));
        Files.move(fresh, currentLink(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                dir.resolve("history"),
                release.version() + "\n",
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// The version that was current before the one that is.
    String previous() throws IOException, ShopException {
        List<String> history = Files.readAllLines(dir.resolve("history"));
        String now = history.getLast();
        return history.reversed().stream()
                .filter(version -> !version.equals(now))
                .findFirst()
                .orElseThrow(() -> new ShopException(
                        "expected an earlier release of " + service + " to roll back to, found only " + now));
    }
}
