package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The version of what runs in a process, as far as it says so: `service.version` in OpenTelemetry's resource
/// attributes, else a directory `releases/VERSION` that it was started from, else the manifest of the jar that was
/// started.
final class ReleaseName {
    private static final Pattern DIRECTORY = Pattern.compile("(?:^|/)releases/([^/]+)(?:/|$)");

    private ReleaseName() {}

    static Optional<String> of(ProcFs proc, long pid, List<String> classPath) {
        return fromEnvironment(proc, pid)
                .or(() -> fromDirectory(proc, pid, classPath))
                .or(() -> fromManifest(proc, pid, classPath));
    }

    private static Optional<String> fromEnvironment(ProcFs proc, long pid) {
        return proc.environment(pid, "OTEL_RESOURCE_ATTRIBUTES").flatMap(ReleaseName::fromAttributes);
    }

    /// @param resource OpenTelemetry's resource attributes, `name=value,…`
    static Optional<String> fromAttributes(String resource) {
        return Stream.of(resource.split(",", -1))
                .map(String::strip)
                .filter(attribute -> attribute.startsWith("service.version="))
                .map(attribute -> attribute.substring("service.version=".length()))
                .filter(version -> !version.isBlank())
                .findFirst();
    }

    /// The first directory `releases/VERSION` among paths.
    static Optional<String> inPaths(Stream<String> paths) {
        return paths.map(DIRECTORY::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static Optional<String> fromDirectory(ProcFs proc, long pid, List<String> classPath) {
        Stream<String> real = classPath.stream().limit(64).map(entry -> realPath(proc, pid, entry));
        Stream<String> directory = proc.workingDirectory(pid).map(Path::toString).stream();
        return inPaths(Stream.concat(directory, real));
    }

    /// A link such as `current` leads to the release.
    private static String realPath(ProcFs proc, long pid, String entry) {
        try {
            return proc.asSeenBy(pid, Path.of(entry)).toRealPath().toString();
        } catch (IOException | RuntimeException e) {
            return entry;
        }
    }

    private static Optional<String> fromManifest(ProcFs proc, long pid, List<String> classPath) {
        if (classPath.size() != 1 || !classPath.getFirst().endsWith(".jar")) {
            return Optional.empty();
        }
        try (JarFile jar =
                new JarFile(proc.asSeenBy(pid, Path.of(classPath.getFirst())).toFile(), false)) {
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .filter(version -> !version.isBlank());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
