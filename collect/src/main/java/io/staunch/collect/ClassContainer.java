package io.staunch.collect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A place that classes are loaded from.
sealed interface ClassContainer {
    /// Where the class file is: the directory, the jar, or `app.jar!/BOOT-INF/lib/x.jar` for a jar in a jar.
    Optional<String> find(String classFile);

    private static String packageOf(String entry) {
        return entry.substring(0, Math.max(0, entry.lastIndexOf('/')));
    }

    record Directory(Path directory) implements ClassContainer {
        @Override
        public Optional<String> find(String classFile) {
            return Files.exists(directory.resolve(classFile)) ? Optional.of(directory.toString()) : Optional.empty();
        }
    }

    /// A jar, with what is needed to tell quickly that it does not have a class.
    ///
    /// @param packages  of the jar's own classes, with `/` between the parts
    /// @param nested    packages by nested jar
    /// @param prefixes  folders in the jar that are class paths of their own, such as `BOOT-INF/classes/`
    /// @param classPath further jars that the manifest names
    record Jar(
            Path file,
            Set<String> packages,
            Map<String, Set<String>> nested,
            Set<String> prefixes,
            List<Path> classPath)
            implements ClassContainer {
        private static final List<String> PREFIXES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

        /// A file that is no jar, or can't be read, has no classes.
        static Jar read(Path file) {
            Set<String> packages = new HashSet<>();
            Map<String, Set<String>> nested = new LinkedHashMap<>();
            Set<String> prefixes = new HashSet<>();
            List<Path> classPath = new ArrayList<>();
            try (JarFile jar = new JarFile(file.toFile(), false)) {
                for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    String name = entry.getName();
                    if (name.endsWith(".class")) {
                        packages.add(packageOf(name));
                        PREFIXES.stream().filter(name::startsWith).forEach(prefixes::add);
                    } else if (name.endsWith(".jar")) {
                        nested.put(name, packagesIn(jar.getInputStream(entry)));
                    }
                }
                classPath.addAll(classPath(file, jar.getManifest()));
            } catch (IOException | RuntimeException e) {
                return new Jar(file, packages, nested, prefixes, classPath);
            }
            return new Jar(file, packages, nested, prefixes, classPath);
        }

        private static Set<String> packagesIn(InputStream jar) throws IOException {
            Set<String> packages = new HashSet<>();
            try (ZipInputStream entries = new ZipInputStream(new BufferedInputStream(jar))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().endsWith(".class")) {
                        packages.add(packageOf(entry.getName()));
                    }
                }
            }
            return packages;
        }

        private static List<Path> classPath(Path jar, @org.jspecify.annotations.Nullable Manifest manifest) {
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<Path> paths = new ArrayList<>();
            if (value != null) {
                for (String entry : value.strip().split("\\s+", -1)) {
                    URI uri = jar.toUri().resolve(entry);
                    if ("file".equals(uri.getScheme())) {
                        paths.add(Path.of(uri));
                    }
                }
            }
            return paths;
        }

        @Override
        public Optional<String> find(String classFile) {
            String folder = packageOf(classFile);
            boolean here = packages.contains(folder)
                    || prefixes.stream().anyMatch(prefix -> packages.contains(packageOf(prefix + classFile)));
            List<String> inside = nested.entrySet().stream()
                    .filter(jar -> jar.getValue().contains(folder))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!here && inside.isEmpty()) {
                return Optional.empty();
            }
            try (JarFile jar = new JarFile(file.toFile(), false)) {
                return here(jar, classFile).or(() -> inside(jar, inside, classFile));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private Optional<String> here(JarFile jar, String classFile) {
            if (jar.getEntry(classFile) != null) {
                return Optional.of(file.toString());
            }
            return prefixes.stream()
                    .filter(prefix -> jar.getEntry(prefix + classFile) != null)
                    .map(prefix -> file + "!/" + prefix.substring(0, prefix.length() - 1))
                    .findFirst();
        }

        private Optional<String> inside(JarFile jar, List<String> candidates, String classFile) {
            return candidates.stream()
                    .filter(candidate -> holds(jar, candidate, classFile))
                    .map(candidate -> file + "!/" + candidate)
                    .findFirst();
        }

        private static boolean holds(JarFile jar, String nested, String classFile) {
            ZipEntry found = jar.getEntry(nested);
            if (found == null) {
                return false;
            }
            try (ZipInputStream entries = new ZipInputStream(new BufferedInputStream(jar.getInputStream(found)))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().equals(classFile)) {
                        return true;
                    }
                }
                return false;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
