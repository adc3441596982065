package io.staunch.verify.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Starts a case, waits until it says `ready`, checks it with the staunch command, ends it.
///
/// @param corpus     the folder with the cases and their `run`
/// @param staunch    the command to check with
/// @param jdk        the JDK that runs the case; blank for the default
/// @param jvmOptions options of the case's JVM
/// @param watch      how long to watch
/// @param work       where build output and logs go
record CheckRun(Path corpus, Path staunch, String jdk, List<String> jvmOptions, Duration watch, Path work) {
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(90);

    Outcome of(LeakCase leak) throws IOException, InterruptedException {
        try (CaseProcess subject = CaseProcess.start(leak, setting())) {
            if (!subject.isReady()) {
                return failed(leak, "the case did not get ready: " + subject.lastLine());
            }
            Thread.sleep(SETTLE);
            return check(leak, subject.pid());
        }
    }

    private CaseProcess.Setting setting() {
        return new CaseProcess.Setting(corpus, jdk, jvmOptions, watch.plus(SLACK), work);
    }

    private Outcome check(LeakCase leak, long pid) throws IOException, InterruptedException {
        Path errors = work.resolve(leak.id() + "-" + leak.version() + ".check.log");
        Process check = new ProcessBuilder(
                        staunch.toString(),
                        "check",
                        "--pid",
                        Long.toString(pid),
                        "--for",
                        watch.toSeconds() + "s",
                        "--dump",
                        "--json")
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader out = check.inputReader()) {
            long began = System.nanoTime();
            String json = String.join("\n", out.lines().toList());
            if (!check.waitFor(watch.plus(SLACK).toSeconds(), TimeUnit.SECONDS)) {
                return failed(leak, "the check did not end");
            }
            Files.writeString(work.resolve(leak.id() + "-" + leak.version() + ".json"), json);
            return parse(leak, json, Duration.ofNanos(System.nanoTime() - began), errors);
        } finally {
            CaseProcess.end(check);
        }
    }

    private static Outcome parse(LeakCase leak, String json, Duration took, Path errors) throws IOException {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            JsonNode culprit = root.path("culprit");
            return new Outcome(
                    leak,
                    root.path("verdict").path("kind").asString("failed"),
                    root.path("verdict").path("why").asString(""),
                    texts(culprit.path("accumulating"), "type"),
                    texts(culprit.path("holder"), ""),
                    culprit.path("library").asString(""),
                    took);
        } catch (JacksonException e) {
            return failed(leak, "no JSON: " + CaseProcess.lastLine(errors));
        }
    }

    private static List<String> texts(JsonNode array, String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : array) {
            texts.add(key.isEmpty() ? node.asString("") : node.path(key).asString(""));
        }
        return texts;
    }

    private static Outcome failed(LeakCase leak, String why) {
        return new Outcome(leak, "failed", why, List.of(), List.of(), "", Duration.ZERO);
    }
}
