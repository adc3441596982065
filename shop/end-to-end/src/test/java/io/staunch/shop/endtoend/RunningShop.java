package io.staunch.shop.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A shop in a folder, used through its command as a person would.
final class RunningShop {
    static final Path HOME = Path.of("../target/shop").toAbsolutePath().normalize();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(2);

    private final Path dir;

    RunningShop(Path dir) {
        this.dir = dir;
    }

    /// What a command answered.
    record Answer(int exitCode, String out, String error) {
        JsonNode json() {
            return JSON.readTree(out);
        }
    }

    Answer shop(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/shop").toString(), verb, "--dir=" + dir));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("shop", ".out");
        Path error = Files.createTempFile("shop", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(error.toFile())
                    .start();
            if (!process.waitFor(LONGEST_COMMAND.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        "expected " + verb + " to end within " + LONGEST_COMMAND + ", found it still running");
            }
            return new Answer(process.exitValue(), Files.readString(out, UTF_8), Files.readString(error, UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(error);
        }
    }

    JsonNode status() throws IOException, InterruptedException {
        return shop("status").json();
    }

    static JsonNode service(JsonNode status, String name) throws IOException {
        for (JsonNode service : status.get("services")) {
            if (service.get("name").asString().equals(name)) {
                return service;
            }
        }
        throw new IOException("expected a service " + name + ", found none");
    }

    List<JsonNode> events() throws IOException {
        return Files.readAllLines(dir.resolve("events.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
    }

    /// All processes, whoever started them, whose command line names this shop's folder.
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(dir.toString()))
                .toList();
    }
}
