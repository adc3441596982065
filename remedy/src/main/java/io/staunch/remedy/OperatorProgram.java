package io.staunch.remedy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program of the operator's that knows the platform: the driver `exec`. It is called as
///
/// - `PROGRAM list SERVICE`: one JSON object a line for each release, `{"version": "2.4.1", "since": "2026-…Z",
///   "libraries": ["pkg:maven/…"]}`; `since` is when it was last put in place, absent if it never was;
/// - `PROGRAM current SERVICE`: the version that is in place, alone on a line;
/// - `PROGRAM rollback SERVICE VERSION`, `PROGRAM deploy SERVICE VERSION`, `PROGRAM restart SERVICE VERSION`: does it
///   and returns when the service runs again.
///
/// Exit code 0 means done; else the last line of its standard error is the reason. There is no shell between. What it
/// says of its success is checked by asking `current` afterwards.
///
/// @param program   absolute
/// @param directory where it is run
/// @param askLimit  the longest that `list` and `current` may take
public record OperatorProgram(Path program, Path directory, Duration askLimit) implements Platform {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String name() {
        return "the program " + program;
    }

    @Override
    public Releases releases(String service) throws PlatformFailed, InterruptedException {
        List<Release> known = new ArrayList<>();
        for (String line : ask("list", service).lines().toList()) {
            if (!line.isBlank()) {
                known.add(release(service, line));
            }
        }
        Releases releases = new Releases(service, known, List.of());
        String current = current(service);
        String latest = releases.current().map(Release::version).orElse("none");
        if (!latest.equals(current)) {
            throw new PlatformFailed(name() + ": expected list to name the release in place, " + current
                    + ", as the one with the latest since, found " + latest);
        }
        return releases;
    }

    private Release release(String service, String line) throws PlatformFailed {
        try {
            JsonNode form = JSON.readTree(line);
            String since = form.path("since").asString("");
            List<Library> libraries = new ArrayList<>();
            form.path("libraries").forEach(purl -> libraries.add(new Library(purl.asString())));
            return new Release(
                    service,
                    form.path("version").asString(""),
                    since.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(since)),
                    libraries);
        } catch (JacksonException | DateTimeParseException | IllegalArgumentException e) {
            throw new PlatformFailed(
                    name() + " list " + service + ": expected a JSON object with version, since and libraries, found "
                            + line,
                    e);
        }
    }

    private String current(String service) throws PlatformFailed, InterruptedException {
        return ask("current", service).strip();
    }

    private String ask(String verb, String service) throws PlatformFailed, InterruptedException {
        Command question = Command.of(program.toString(), verb, service);
        try {
            return switch (question.run(directory, askLimit)) {
                case Command.Ended.Exited(var code, var output, var errors)
                when code != 0 ->
                    throw new PlatformFailed(
                            question + ": expected exit code 0, found " + code + ": " + lastLine(errors));
                case Command.Ended.Exited exited -> exited.output();
                case Command.Ended.Overdue _ ->
                    throw new PlatformFailed(
                            question + ": expected an answer within " + askLimit.toSeconds() + " s, found none");
            };
        } catch (IOException e) {
            throw new PlatformFailed(question + ": expected a program that can be run, found " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> plan(Remedy remedy) {
        return List.of("run: " + order(remedy));
    }

    private Command order(Remedy remedy) {
        String verb = switch (remedy) {
            case Remedy.RollBack _ -> "rollback";
            case Remedy.Restart _ -> "restart";
            case Remedy.Upgrade _, Remedy.Patch _ -> "deploy";
        };
        return Command.of(
                program.toString(), verb, remedy.service(), remedy.target().version());
    }

    @Override
    public Outcome carryOut(Remedy remedy, Duration limit) throws InterruptedException {
        Instant began = Instant.now();
        Command order = order(remedy);
        try {
            return switch (order.run(directory, limit)) {
                case Command.Ended.Exited(var code, var output, var errors)
                when code != 0 ->
                    new Outcome.Failed(
                            "the program ended with " + code + ": " + lastLine(errors) + inPlace(remedy.service()));
                case Command.Ended.Exited _ -> seenInPlace(remedy, began);
                case Command.Ended.Overdue _ ->
                    new Outcome.TimedOut(limit, "the program hung" + inPlace(remedy.service()));
            };
        } catch (IOException e) {
            return new Outcome.Failed(order + ": expected a program that can be run, found " + e.getMessage());
        }
    }

    private Outcome seenInPlace(Remedy remedy, Instant began) throws InterruptedException {
        String expected = remedy.target().version();
        try {
            String found = current(remedy.service());
            return found.equals(expected)
                    ? new Outcome.Done(Duration.between(began, Instant.now()))
                    : new Outcome.Failed("expected release " + expected + " in place afterwards, found " + found);
        } catch (PlatformFailed e) {
            return new Outcome.Failed("what is in place afterwards could not be asked: " + e.getMessage());
        }
    }

    /// What a failure left behind.
    private String inPlace(String service) throws InterruptedException {
        try {
            return "; in place is " + current(service);
        } catch (PlatformFailed e) {
            return "; what is in place could not be asked: " + e.getMessage();
        }
    }

    private static String lastLine(String text) {
        return text.lines().reduce((earlier, later) -> later).orElse("no message");
    }
}
