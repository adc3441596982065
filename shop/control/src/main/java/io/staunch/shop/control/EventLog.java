package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// `events.jsonl`: one line for each event, appended when it is done.
final class EventLog {
    private final Path file;

    EventLog(Path file) {
        this.file = file;
    }

    void append(Event event) throws IOException {
        Files.writeString(
                file,
                Json.MAPPER.writeValueAsString(event) + "\n",
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
