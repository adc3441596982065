package io.staunch.heap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From where a class was loaded to the library that it belongs to. A jar says so itself in
/// `META-INF/maven/**/pom.properties`; else its place in a Maven repository's layout, its manifest and its file name
/// are asked, in this order. Reads jars from disk where they still are, never from a network; answers are remembered.
/// Safe for use by several threads.
public final class Libraries {
    private static final Pattern JAR_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*?)\\.(?:jar|war|ear|zip)");
    private static final long LARGEST_NESTED_JAR_BYTES = 64L << 20;

    private final Map<String, Optional<Library>> known = new ConcurrentHashMap<>();

    /// The library of a code source: a jar's path, a `file:` URL, or a nested one
    /// (`jar:file:app.jar!/BOOT-INF/lib/x.jar!/`, `jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/`). Empty for folders
    /// of classes, for the JDK's own modules and when nothing names the library.
    public Optional<Library> of(String codeSource) {
        return known.computeIfAbsent(codeSource, Libraries::resolve);
    }

    private static Optional<Library> resolve(String codeSource) {
        List<String> parts = parts(codeSource);
        if (parts.isEmpty() || !isJar(parts.getLast())) {
            return Optional.empty();
        }
        String location = parts.getLast();
        String fileName = location.substring(location.lastIndexOf('/') + 1);
        JarFacts facts = read(parts);
        return facts.fromPom(fileName)
                .or(() -> fromRepository(location))
                .or(() -> facts.fromManifest(fileName))
                .or(() -> fromName(fileName));
    }

    private static boolean isJar(String path) {
        return path.endsWith(".jar") || path.endsWith(".war") || path.endsWith(".ear") || path.endsWith(".zip");
    }

    /// The jar on disk, then the jars within it.
    private static List<String> parts(String codeSource) {
        String plain = codeSource;
        if (plain.startsWith("jrt:") || plain.isBlank()) {
            return List.of();
        }
        boolean url = false;
        for (String scheme : List.of("jar:", "nested:", "file:", "war:")) {
            if (plain.startsWith(scheme)) {
                plain = plain.substring(scheme.length());
                url = true;
            }
        }
        if (url) {
            plain = URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
        while (plain.startsWith("//")) {
            plain = plain.substring(1);
        }
        List<String> parts = new ArrayList<>();
        for (String part : plain.split("/?!/?", -1)) {
            if (!part.isEmpty()) {
                parts.add(part.endsWith("/") ? part.substring(0, part.length() - 1) : part);
            }
        }
        return parts;
    }

    /// `…/com/shop/session-store/2.3.1/session-store-2.3.1.jar` names group, artifact and version.
    private static Optional<Library> fromRepository(String location) {
        String[] steps = location.split("/", -1);
        int n = steps.length;
        if (n < 4) {
            return Optional.empty();
        }
        String version = steps[n - 2];
        String artifact = steps[n - 3];
        String name = steps[n - 1];
        boolean matches =
                name.startsWith(artifact + "-" + version + ".") || name.startsWith(artifact + "-" + version + "-");
        return matches ? group(steps, n - 3).map(group -> new Library(group, artifact, version)) : Optional.empty();
    }

    private static Optional<String> group(String[] steps, int end) {
        for (int i = 0; i < end; i++) {
            boolean start = steps[i].equals("repository") || steps[i].equals("maven2") || steps[i].equals("m2");
            if (start && i + 1 < end) {
                return Optional.of(String.join(".", List.of(steps).subList(i + 1, end)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Library> fromName(String fileName) {
        Matcher name = JAR_NAME.matcher(fileName);
        return name.matches() ? Optional.of(new Library("", name.group(1), name.group(2))) : Optional.empty();
    }

    /// What a jar says about itself.
    private record JarFacts(List<Library> poms, Attributes manifest) {
        static JarFacts none() {
            return new JarFacts(List.of(), new Attributes());
        }

        /// The only pom, or the one that the file is named after.
        Optional<Library> fromPom(String fileName) {
            List<Library> named = poms.stream()
                    .filter(pom -> fileName.startsWith(pom.artifact() + "-" + pom.version()))
                    .toList();
            if (named.size() == 1) {
                return Optional.of(named.getFirst());
            }
            List<Library> alike = poms.stream()
                    .filter(pom ->
                            fileName.equals(pom.artifact() + ".jar") || fileName.startsWith(pom.artifact() + "-"))
                    .toList();
            if (alike.size() == 1) {
                return Optional.of(alike.getFirst());
            }
            return poms.size() == 1 ? Optional.of(poms.getFirst()) : Optional.empty();
        }

        Optional<Library> fromManifest(String fileName) {
            Optional<Library> byName = fromName(fileName);
            String symbolic = value("Bundle-SymbolicName").replaceAll(";.*", "");
            String vendor = value("Implementation-Vendor-Id");
            if (byName.isPresent()) {
                Library found = byName.get();
                return Optional.of(
                        new Library(groupOf(symbolic, vendor, found.artifact()), found.artifact(), found.version()));
            }
            String version = value("Implementation-Version").isEmpty()
                    ? value("Bundle-Version")
                    : value("Implementation-Version");
            String artifact = fileName.replaceAll("\\.\\w+$", "");
            return version.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Library(groupOf(symbolic, vendor, artifact), artifact, version));
        }

        private String value(String key) {
            String value = manifest.getValue(key);
            return value == null ? "" : value.strip();
        }

        /// A bundle `com.shop.session-store` of artifact `session-store` belongs to group `com.shop`.
        private static String groupOf(String symbolic, String vendor, String artifact) {
            if (symbolic.endsWith("." + artifact)) {
                return symbolic.substring(0, symbolic.length() - artifact.length() - 1);
            }
            return vendor;
        }
    }

    private static JarFacts read(List<String> parts) {
        Path file = Path.of(parts.getFirst());
        if (!Files.isRegularFile(file)) {
            return JarFacts.none();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return readNested(in, parts.subList(1, parts.size()));
        } catch (IOException | SecurityException e) {
            return JarFacts.none();
        }
    }

    private static JarFacts readNested(InputStream in, List<String> inner) throws IOException {
        JarInputStream jar = new JarInputStream(in, false);
        if (!inner.isEmpty()) {
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().equals(inner.getFirst()) && entry.getSize() <= LARGEST_NESTED_JAR_BYTES) {
                    return readNested(jar, inner.subList(1, inner.size()));
                }
            }
            return JarFacts.none();
        }
        Manifest manifest = jar.getManifest();
        List<Library> poms = new ArrayList<>();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            String name = entry.getName();
            if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
                pom(jar).ifPresent(poms::add);
            } else if (name.equals("META-INF/MANIFEST.MF") && manifest == null) {
                attributes = new Manifest(jar).getMainAttributes();
            }
        }
        return new JarFacts(poms, attributes);
    }

    private static Optional<Library> pom(InputStream in) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String artifact = properties.getProperty("artifactId", "");
        return artifact.isBlank()
                ? Optional.empty()
                : Optional.of(new Library(
                        properties.getProperty("groupId", ""), artifact, properties.getProperty("version", "")));
    }
}
