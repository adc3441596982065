package io.staunch.diagnose.review;

import io.staunch.heap.Libraries;
import io.staunch.heap.Library;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// One jar's contents, as far as a review needs them: its classes as this JDK would load them (of a multi-release jar
/// the
/// newest), the libraries that it says it is made of, the jars within it.
///
/// @param library  what it is
/// @param embedded what else was built into it
/// @param classes  bytes by entry name
/// @param texts    deployment descriptors and settings by entry name
record Archive(
        Optional<Library> library, Set<Library> embedded, Map<String, byte[]> classes, Map<String, byte[]> texts) {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+)");
    private static final long LARGEST_CLASS_BYTES = 16L << 20;
    private static final long LARGEST_JAR_BYTES = 512L << 20;

    static boolean isArchive(String name) {
        return name.endsWith(".jar") || name.endsWith(".war") || name.endsWith(".ear") || name.endsWith(".zip");
    }

    static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class") && !name.endsWith("package-info.class");
    }

    /// Takes a jar that lies within another; the file is there only while it is looked at.
    interface Nested {
        void accept(String entryName, Path extracted) throws IOException;
    }

    /// Reads a jar.
    ///
    /// @param source   its name for people
    /// @param warnings takes what is damaged in it
    /// @throws ZipException if it is none
    static Archive read(Path file, String source, Nested nested, Consumer<String> warnings) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        Map<String, Integer> versions = new LinkedHashMap<>();
        Map<String, byte[]> texts = new LinkedHashMap<>();
        Set<Library> embedded = new LinkedHashSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                try {
                    if (isClass(entry.getName())) {
                        byte[] bytes = bytes(zip, entry, LARGEST_CLASS_BYTES);
                        keepNewest(entry.getName(), bytes, classes, versions);
                    } else if (isArchive(entry.getName())) {
                        extract(zip, entry, nested);
                    } else if (Descriptors.isOne(entry.getName())) {
                        texts.put(entry.getName(), bytes(zip, entry, LARGEST_CLASS_BYTES));
                    } else if (entry.getName().endsWith("/pom.properties")) {
                        library(bytes(zip, entry, LARGEST_CLASS_BYTES)).ifPresent(embedded::add);
                    }
                } catch (ZipException | IllegalArgumentException e) {
                    warnings.accept(
                            source + "!/" + entry.getName() + ": expected a readable entry, found " + e.getMessage());
                }
            }
        }
        Optional<Library> library = new Libraries().of(file.toAbsolutePath().toString());
        library.ifPresent(embedded::remove);
        return new Archive(library, embedded, classes, texts);
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, long most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(most));
            if (in.read() >= 0) {
                throw new ZipException("more than " + most + " bytes");
            }
            return bytes;
        }
    }

    private static void keepNewest(
            String name, byte[] bytes, Map<String, byte[]> classes, Map<String, Integer> versions) {
        Matcher versioned = VERSIONED.matcher(name);
        boolean has = versioned.matches();
        int version = has ? Integer.parseInt(versioned.group(1)) : 0;
        String plain = has ? versioned.group(2) : name;
        if (version <= Runtime.version().feature() && version >= versions.getOrDefault(plain, -1)) {
            versions.put(plain, version);
            classes.put(plain, bytes);
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Nested nested) throws IOException {
        Path folder = Files.createTempDirectory("staunch-review");
        String fileName = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Path file = folder.resolve(fileName);
        try {
            try (InputStream in = zip.getInputStream(entry);
                    var out = Files.newOutputStream(file)) {
                byte[] buffer = new byte[1 << 16];
                long written = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    written += n;
                    if (written > LARGEST_JAR_BYTES) {
                        throw new ZipException("more than " + LARGEST_JAR_BYTES + " bytes");
                    }
                    out.write(buffer, 0, n);
                }
            }
            nested.accept(entry.getName(), file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static Optional<Library> library(byte[] properties) throws IOException {
        Properties pom = new Properties();
        pom.load(new ByteArrayInputStream(properties));
        String artifact = pom.getProperty("artifactId", "");
        return artifact.isBlank()
                ? Optional.empty()
                : Optional.of(new Library(pom.getProperty("groupId", ""), artifact, pom.getProperty("version", "")));
    }
}
