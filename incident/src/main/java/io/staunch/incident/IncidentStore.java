package io.staunch.incident;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Incidents as one JSON file each. A file is replaced in one step, so that a crash leaves the one before or the new
/// one, never half of it; only the owner may read it.
public final class IncidentStore {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final String COURSES = "courses";
    private static final String SUFFIX = ".json";

    private final Path directory;

    public IncidentStore(Path directory) {
        this.directory = directory;
    }

    /// An id that no incident has yet.
    public synchronized String nextId(String service, Instant at) {
        String safe = service.replaceAll("[^A-Za-z0-9.-]", "-");
        String day = DAY.format(at) + "-" + safe + "-";
        int number = 1;
        while (Files.exists(file(day + number))) {
            number++;
        }
        return day + number;
    }

    public synchronized void save(Incident incident) throws IOException {
        Files.createDirectories(directory);
        Path next = Files.createTempFile(
                directory,
                "." + incident.id(),
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(next, json(incident));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, file(incident.id()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /// The incident of that id; empty if there is none.
    ///
    /// @throws IOException if its file is not what this version writes; the message says where
    public Optional<Incident> find(String id) throws IOException {
        if (!id.matches("[A-Za-z0-9.-]+") || Files.notExists(file(id))) {
            return Optional.empty();
        }
        return Optional.of(read(file(id)));
    }

    /// All of them, the latest first.
    public List<Incident> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Incident> incidents = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                incidents.add(read(file));
            }
        }
        incidents.sort(Comparator.comparing(Incident::detected).reversed());
        return List.copyOf(incidents);
    }

    /// The ids of all of them, each with the time at which its record was written last.
    public Map<String, Instant> written() throws IOException {
        Map<String, Instant> written = new HashMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                        written.put(
                                name.substring(0, name.length() - SUFFIX.length()),
                                Files.getLastModifiedTime(file).toInstant());
                    }
                }
            }
        }
        return written;
    }

    /// The incident as the store writes it.
    public static String json(Incident incident) {
        return JSON.writeValueAsString(incident) + "\n";
    }

    private Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }

    private static Incident read(Path file) throws IOException {
        try {
            JsonNode written = JSON.readTree(Files.readString(file));
            if (written instanceof ObjectNode record && !record.has(COURSES)) {
                // Written by a version that kept no series.
                record.putArray(COURSES);
            }
            return JSON.treeToValue(written, Incident.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": expected an incident, found " + e.getOriginalMessage(), e);
        }
    }
}
