package io.staunch.shop.control;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// A release of a service: a folder with `lib/*.jar` and `release.properties` (service, version, date, main, changes).
record Release(Path dir, String version, String mainClass) {
    static Release read(Path dir) throws IOException, ShopException {
        Path file = dir.resolve("release.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String version = properties.getProperty("version");
        String mainClass = properties.getProperty("main");
        if (version == null || mainClass == null) {
            throw new ShopException(file + ": expected the keys version and main, found " + properties.keySet());
        }
        return new Release(dir, version, mainClass);
    }

    List<Library> libraries() throws IOException {
        List<Library> libraries = new ArrayList<>();
        try (Stream<Path> jars = Files.list(dir.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                libraries.add(Library.of(jar));
            }
        }
        return libraries;
    }
}
