package io.staunch.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A JDK of this machine that tests run their children on.
///
/// @param home empty if it is not installed; the label then says so
record Jdk(int version, Optional<Path> home) {
    static final Jdk CURRENT = new Jdk(25, Optional.of(Path.of(System.getProperty("java.home"))));
    static final Jdk OLD = new Jdk(17, find(17));

    static List<Jdk> all() {
        return List.of(OLD, CURRENT);
    }

    private static Optional<Path> find(int version) {
        Path homes = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(homes)) {
            return Optional.empty();
        }
        try (Stream<Path> candidates = Files.list(homes)) {
            return candidates.filter(home -> isVersion(home, version)).sorted().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isVersion(Path home, int version) {
        try (Stream<String> release = Files.lines(home.resolve("release"))) {
            return Files.isExecutable(home.resolve("bin/java"))
                    && release.anyMatch(line -> line.startsWith("JAVA_VERSION=\"" + version));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "JDK " + version + (home.isPresent() ? "" : " (skipped: none in /usr/lib/jvm)");
    }
}
