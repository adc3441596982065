package io.staunch.collect;

import io.staunch.collect.internal.Mapping;
import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which jar or directory a running JVM has a class from, found from outside: on its class and module path, among the
/// jars that it holds open or mapped, in Tomcat's web applications, and in jars within these. The JDK's own types are
/// in none. Looks into each jar once and remembers its packages.
final class CodeSources {
    private static final Pattern OPTION = Pattern.compile("-D(catalina\\.base|jdk\\.module\\.path)=(\\S+)");
    private static final Pattern MODULE_PATH = Pattern.compile("(?:^| )(?:-p|--module-path)[ =](\\S+)");

    private final ProcFs proc;
    private final JvmInfo jvm;
    private final Map<String, Optional<String>> known = new LinkedHashMap<>();
    private List<ClassContainer> containers = List.of();

    CodeSources(ProcFs proc, JvmInfo jvm) {
        this.proc = proc;
        this.jvm = jvm;
    }

    /// @param type as Java source writes it; of an array, the element's
    synchronized Optional<String> of(String type) {
        String name = className(type);
        if (name.isEmpty() || name.startsWith("java.") || name.startsWith("jdk.internal.")) {
            return Optional.empty();
        }
        return known.computeIfAbsent(name.replace('.', '/') + ".class", this::find);
    }

    /// The class that is in a file: without brackets, and of generated ones the class they were generated for.
    private static String className(String type) {
        String element = type.replace("[]", "");
        int generated = element.indexOf("$$");
        return generated > 0 ? element.substring(0, generated) : element;
    }

    private Optional<String> find(String classFile) {
        if (containers.isEmpty()) {
            containers = containers();
        }
        return containers.stream()
                .flatMap(container -> container.find(classFile).stream())
                .findFirst();
    }

    private List<ClassContainer> containers() {
        Set<String> places = new LinkedHashSet<>(jvm.classPath());
        String arguments = PerfData.fileOf(proc, jvm.pid())
                .flatMap(PerfData::read)
                .flatMap(counters -> counters.text("java.rt.vmArgs"))
                .orElseGet(() -> String.join(" ", proc.arguments(jvm.pid())));
        places.addAll(modulePath(arguments));
        for (Path file : proc.openFileNames(jvm.pid())) {
            addIfArchive(places, file.toString());
        }
        for (Mapping mapping : proc.mappings(jvm.pid())) {
            addIfArchive(places, mapping.name());
        }
        places.addAll(webApplications(arguments));
        List<ClassContainer> found = new ArrayList<>();
        Set<Path> seen = new LinkedHashSet<>();
        for (String place : places) {
            add(found, seen, reachable(place));
        }
        return found;
    }

    private static void addIfArchive(Set<String> places, String file) {
        if (file.endsWith(".jar") || file.endsWith(".war") || file.endsWith(".ear")) {
            places.add(file);
            int library = file.indexOf("/WEB-INF/lib/");
            if (library > 0) {
                places.add(file.substring(0, library) + "/WEB-INF/classes");
            }
        }
    }

    private List<String> modulePath(String arguments) {
        List<String> places = new ArrayList<>();
        Matcher found = MODULE_PATH.matcher(arguments);
        while (found.find()) {
            for (String entry : found.group(1).split(File.pathSeparator, -1)) {
                Path place = absolute(entry);
                places.add(place.toString());
                places.addAll(list(place, "*.jar"));
            }
        }
        return places;
    }

    private List<String> webApplications(String arguments) {
        List<String> places = new ArrayList<>();
        Matcher found = OPTION.matcher(arguments);
        while (found.find()) {
            if (found.group(1).equals("catalina.base")) {
                for (String application : list(absolute(found.group(2)).resolve("webapps"), "*")) {
                    places.add(application + "/WEB-INF/classes");
                    places.addAll(list(Path.of(application, "WEB-INF", "lib"), "*.jar"));
                }
            }
        }
        return places;
    }

    private Path absolute(String place) {
        return proc.workingDirectory(jvm.pid())
                .orElse(Path.of("/"))
                .resolve(place)
                .normalize();
    }

    private List<String> list(Path directory, String pattern) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(reachable(directory.toString()), pattern)) {
            List<String> names = new ArrayList<>();
            for (Path file : files) {
                names.add(directory.resolve(file.getFileName()).toString());
            }
            return names;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return List.of();
        }
    }

    /// The same path where we share the file system with the target, else through its root.
    private Path reachable(String place) {
        Path path = Path.of(place);
        return proc.isInOtherNamespace(jvm.pid(), "mnt") ? proc.asSeenBy(jvm.pid(), path) : path;
    }

    private static void add(List<ClassContainer> found, Set<Path> seen, Path place) {
        if (!seen.add(place) || seen.size() > 10_000) {
            return;
        }
        if (Files.isDirectory(place)) {
            found.add(new ClassContainer.Directory(place));
        } else if (Files.isRegularFile(place)) {
            ClassContainer.Jar jar = ClassContainer.Jar.read(place);
            found.add(jar);
            for (Path next : jar.classPath()) {
                add(found, seen, next);
            }
        }
    }
}
