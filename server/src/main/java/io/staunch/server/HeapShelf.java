package io.staunch.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Keeps what the latest heap dumps showed, one JSON file each, readable by the owner alone. The oldest goes when there
/// are too many. Safe for several threads.
public final class HeapShelf {
    private static final int MOST = 20;
    private static final String SUFFIX = ".json";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path directory;

    public HeapShelf(Path directory) {
        this.directory = directory;
    }

    /// Its id among those that are kept.
    public static String id(HeapSummary summary) {
        return TIME.format(summary.at()) + "-" + summary.service().replaceAll("[^A-Za-z0-9.-]", "-") + "-"
                + summary.target().replaceAll("\\D", "");
    }

    public synchronized void put(HeapSummary summary) throws IOException {
        Files.createDirectories(directory);
        Path next = Files.createTempFile(
                directory,
                ".heap",
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(next, JSON.writeValueAsString(summary));
            Files.move(next, directory.resolve(id(summary) + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
        for (String old : ids().stream().skip(MOST).toList()) {
            Files.deleteIfExists(directory.resolve(old + SUFFIX));
        }
    }

    /// The latest first.
    public List<String> ids() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /// Empty if there is none of that id.
    ///
    /// @throws IOException if it can't be read
    public Optional<HeapSummary> find(String id) throws IOException {
        Path file = directory.resolve(id + SUFFIX);
        if (!id.matches("[A-Za-z0-9.-]+") || Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), HeapSummary.class));
        } catch (JacksonException e) {
            throw new IOException(file + ": expected a heap's summary, found " + e.getOriginalMessage(), e);
        }
    }
}
