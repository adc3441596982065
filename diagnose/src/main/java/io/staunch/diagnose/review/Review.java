package io.staunch.diagnose.review;

import io.staunch.heap.Library;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// Looks through jars, folders of classes, class paths and poms for libraries with known leaks and for code that leaks
/// by
/// construction. Reads files only: nothing is fetched, loaded or run. Memory is that of the largest jar's classes.
public final class Review {
    private static final int MOST_NESTED = 4;

    private final boolean all;
    private final List<ReviewFinding> findings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<Path> seen = new LinkedHashSet<>();
    private int untold;
    private int depth;
    private int jars;
    private int classes;
    private int methods;
    private int libraries;
    private int unidentified;

    private Review(boolean all) {
        this.all = all;
    }

    /// Reviews what the paths name.
    ///
    /// @param paths each a jar, a war, a class file, a folder, a `pom.xml`, or several of them as in a class path
    /// @param all   also what is more often no leak, and what is likely in libraries within a jar
    /// @throws UnreadableInputException if a path is not there or none can be read
    public static ReviewReport of(List<String> paths, boolean all) throws IOException {
        Review review = new Review(all);
        for (String path : paths) {
            for (Path part : parts(path)) {
                review.path(part);
            }
        }
        if (review.jars + review.classes + review.libraries + review.unidentified == 0) {
            throw new UnreadableInputException(
                    review.warnings.isEmpty()
                            ? String.join(", ", paths) + ": expected classes, jars or a pom.xml, found none"
                            : review.warnings.getFirst());
        }
        return review.report();
    }

    /// The parts of a class path; `lib/*` means the jars in that folder, as it does for `java`.
    private static List<Path> parts(String path) throws IOException {
        if (path.isBlank()) {
            throw new UnreadableInputException("expected a path, found an empty one");
        }
        List<String> names = Files.exists(Path.of(path)) ? List.of(path) : List.of(path.split(File.pathSeparator, -1));
        List<Path> parts = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith("/*") && Files.isDirectory(Path.of(name.substring(0, name.length() - 1)))) {
                parts.addAll(jarsIn(Path.of(name.substring(0, name.length() - 1))));
            } else if (!name.isEmpty()) {
                parts.add(Path.of(name));
            }
        }
        return parts;
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Archive.isArchive(file.toString()))
                    .sorted()
                    .toList();
        }
    }

    private ReviewReport report() {
        Map<String, Integer> order = new LinkedHashMap<>();
        findings.forEach(finding -> order.merge(finding.source(), rank(finding), Math::min));
        List<ReviewFinding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.<ReviewFinding>comparingInt(finding -> order.getOrDefault(finding.source(), 0))
                .thenComparing(ReviewFinding::source)
                .thenComparingInt(Review::rank));
        return new ReviewReport(
                new ReviewReport.Counts(
                        jars,
                        classes,
                        methods,
                        libraries,
                        unidentified,
                        KnownLeaks.shipped().all().size()),
                sorted,
                untold,
                warnings);
    }

    private static int rank(ReviewFinding finding) {
        int kind = switch (finding) {
            case ReviewFinding.LibraryLeak _ -> 0;
            case ReviewFinding.CodeLeak _ -> 1;
        };
        return (finding.confidence() == Confidence.CERTAIN ? 0 : 2) + kind;
    }

    private void path(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new UnreadableInputException(path + ": expected a jar, a pom.xml or a folder, found nothing there");
        }
        if (!Files.isReadable(path)) {
            throw new UnreadableInputException(path + ": expected to be allowed to read it, found no right to");
        }
        if (!seen.add(path.toAbsolutePath().normalize())) {
            return;
        }
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        if (Files.isDirectory(path)) {
            folder(path);
        } else if (name.endsWith(".xml") || name.endsWith(".pom")) {
            pom(path);
        } else if (Archive.isClass(name)) {
            code(path.toString(), Optional.empty(), Map.of(name, Files.readAllBytes(path)));
        } else {
            archive(path, path.toString());
        }
    }

    private void folder(Path folder) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        List<Path> archives = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (Archive.isClass(name)) {
                    found.put(name, Files.readAllBytes(file));
                } else if (Archive.isArchive(name)) {
                    archives.add(file);
                } else if (Descriptors.isOne(name)) {
                    Descriptors.review(folder.toString(), Optional.empty(), name, Files.readAllBytes(file))
                            .ifPresent(this::tell);
                }
            }
        }
        code(folder.toString(), Optional.empty(), found);
        for (Path archive : archives) {
            archive(archive, archive.toString());
        }
    }

    private void pom(Path file) throws IOException {
        warnings.add(
                file + ": only the dependencies that it names were reviewed; what these need in turn is not resolved");
        for (PomFile.Dependency dependency : PomFile.dependencies(file)) {
            if (dependency.version().isEmpty()) {
                unidentified++;
                warnings.add(file + ": " + dependency.purl()
                        + ": expected a version in this file or a parent beside it, found none");
            } else {
                library(file.toString(), dependency.purl());
            }
        }
    }

    private void archive(Path file, String source) throws IOException {
        Archive archive;
        try {
            archive = Archive.read(file, source, (name, nested) -> nested(nested, source + "!/" + name), this::warn);
        } catch (ZipException | NoSuchFileException e) {
            warn(source + ": expected a jar, found " + e.getMessage());
            return;
        }
        jars++;
        Optional<String> purl = archive.library().map(Library::purl);
        if (purl.isEmpty()) {
            unidentified++;
        }
        purl.ifPresent(known -> library(source, known));
        archive.embedded().forEach(embedded -> library(source, embedded.purl()));
        archive.texts()
                .forEach((name, bytes) ->
                        Descriptors.review(source, purl, name, bytes).ifPresent(this::tell));
        code(source, purl, archive.classes());
    }

    private void nested(Path file, String source) throws IOException {
        if (depth == MOST_NESTED) {
            warn(source + ": expected at most " + MOST_NESTED + " jars within each other, found more");
            return;
        }
        depth++;
        try {
            archive(file, source);
        } finally {
            depth--;
        }
    }

    private void library(String source, String purl) {
        libraries++;
        KnownLeaks.shipped().of(purl).forEach(leak -> tell(new ReviewFinding.LibraryLeak(source, purl, leak)));
    }

    private void code(String source, Optional<String> library, Map<String, byte[]> files) {
        UnitClasses types = new UnitClasses();
        files.forEach((name, bytes) -> {
            try {
                types.add(ClassFile.of().parse(bytes));
                classes++;
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                warn(source + "!/" + name + ": expected a class file, found " + e.getMessage());
            }
        });
        CodeReview review = new CodeReview(new CodeUnit(source, library, types), this::warn);
        review.findings().forEach(this::tell);
        methods += review.methods();
    }

    private void warn(String warning) {
        warnings.add(warning);
    }

    private void tell(ReviewFinding finding) {
        if (!all && !isToldByDefault(finding)) {
            untold++;
        } else if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    /// Of the code of a library that lies within what is reviewed, only what is certain: it is not the reader's to
    /// mend.
    private boolean isToldByDefault(ReviewFinding finding) {
        return switch (finding) {
            case ReviewFinding.LibraryLeak _ -> true;
            case ReviewFinding.CodeLeak code ->
                code.leakRule().shownByDefault() && (depth == 0 || code.confidence() == Confidence.CERTAIN);
        };
    }
}
