package io.staunch.shop.buyers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// Where the JSON lines go; each is there as soon as it is written.
final class Report {
    private final JsonMapper json = new JsonMapper();
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    static Report to(Path file) throws IOException {
        return new Report(new PrintStream(Files.newOutputStream(file), true, UTF_8));
    }

    void write(Line line) {
        out.println(json.writeValueAsString(line));
        out.flush();
    }

    /// Says so when not all could be written.
    void end() throws IOException {
        if (out.checkError()) {
            throw new IOException("expected to write the report, found that some of it could not be written");
        }
    }
}
