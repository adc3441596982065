package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the shop is installed: `releases/SERVICE/VERSION`, `migrations/`, `lib/`.
record Home(Path root) {
    static Home find() throws ShopException {
        String home = System.getProperty("shop.home");
        if (home == null) {
            throw new ShopException("expected the system property shop.home (bin/shop sets it), found none");
        }
        return new Home(Path.of(home));
    }

    Path migrations() {
        return root.resolve("migrations");
    }

    Path guard() {
        return root.resolve("bin/guard");
    }

    Release release(String service, String version) throws ShopException, IOException {
        Path dir = root.resolve("releases").resolve(service).resolve(version);
        if (!version.matches("[0-9A-Za-z][0-9A-Za-z.-]*") || !Files.isDirectory(dir)) {
            throw new ShopException("expected a release of " + service + " (" + String.join(", ", versions(service))
                    + "), found " + version);
        }
        return Release.read(dir);
    }

    private List<String> versions(String service) throws IOException, ShopException {
        Path dir = root.resolve("releases").resolve(service);
        if (!Files.isDirectory(dir)) {
            throw new ShopException("expected a service that has releases, found " + service);
        }
        try (Stream<Path> found = Files.list(dir)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
