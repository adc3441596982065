package io.staunch.shop.control;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// A release of a service: a folder with `release.properties` (service, version, date, changes, and main for a JVM) and
/// what the service runs on: `lib/*.jar`, or `redis.conf`. The main class is empty for a service that is no JVM.
record Release(Path dir, String version, String mainClass) {
    static Release read(Path dir) throws IOException, ShopException {
        Path file = dir.resolve("release.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String version = properties.getProperty("version");
        if (version == null) {
            throw new ShopException(file + ": expected the key version, found " + properties.keySet());
        }
        return new Release(dir, version, properties.getProperty("main", ""));
    }

    List<Library> libraries() throws IOException {
        List<Library> libraries = new ArrayList<>();
        if (!Files.isDirectory(dir.resolve("lib"))) {
            return libraries;
        }
        try (Stream<Path> jars = Files.list(dir.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                libraries.add(Library.of(jar));
            }
        }
        return libraries;
    }
}
