package io.staunch.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes that a deployment tool announces in a file, one JSON object a line: `time` (ISO-8601), `kind`
/// (`deploy`, `rollback`, `migrate`, `configure`, `restart`, `scale`; others are skipped), `service`, `release`
/// or `description`, and `reversible` (true if absent). Other keys are the tool's own. A last line that is still
/// being written is left for the next reading.
///
/// @param file may not exist yet: then nothing was announced
public record ChangeFile(Path file) implements ReleaseDirectories.ChangeSource {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public List<RecordedChange> changes() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        List<RecordedChange> changes = new ArrayList<>();
        int number = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                change(line, number).ifPresent(changes::add);
            }
        }
        return List.copyOf(changes);
    }

    private Optional<RecordedChange> change(String line, int number) throws IOException {
        try {
            JsonNode event = JSON.readTree(line);
            Optional<RecordedChange.Kind> kind = kind(event.path("kind").asString(""));
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            String release = event.path("release").asString("");
            String description = event.path("description").asString("");
            String what = release.isEmpty() || description.isEmpty()
                    ? release + description
                    : release + " (" + description + ")";
            return Optional.of(new RecordedChange(
                    Instant.parse(event.path("time").asString("")),
                    kind.get(),
                    event.path("service").asString(""),
                    what,
                    !event.path("reversible").asBoolean(true),
                    file.getFileName() + " line " + number));
        } catch (JacksonException | DateTimeParseException e) {
            throw new IOException(
                    file + " line " + number + ": expected a JSON object with time, kind and service, found "
                            + (line.length() > 80 ? line.substring(0, 80) + "…" : line),
                    e);
        }
    }

    private static Optional<RecordedChange.Kind> kind(String name) {
        return switch (name) {
            case "deploy", "start" -> Optional.of(RecordedChange.Kind.RELEASE);
            case "rollback" -> Optional.of(RecordedChange.Kind.ROLLBACK);
            case "migrate" -> Optional.of(RecordedChange.Kind.SCHEMA);
            case "configure" -> Optional.of(RecordedChange.Kind.CONFIGURATION);
            case "restart" -> Optional.of(RecordedChange.Kind.RESTART);
            case "scale" -> Optional.of(RecordedChange.Kind.SCALE);
            default -> Optional.empty();
        };
    }
}
