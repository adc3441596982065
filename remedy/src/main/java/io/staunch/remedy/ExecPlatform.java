package io.staunch.remedy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A platform that is driven by the operator's own commands. The contract:
///
/// - `list` prints one release a line: its version, and if known a space and the ISO-8601 time since when it was last
///   in place.
/// - `current` prints the version that runs.
/// - `deploy` puts `{release}` in place of what runs, and ends when it serves; a rollback is a deployment of the
///   earlier release.
/// - `restart` starts the release that runs anew, and ends when it serves.
///
/// Each ends with 0 if it did its work. What hangs past its limit is stopped with its children.
///
/// @param asking the limit of `list` and `current`
public record ExecPlatform(
        Path directory, Command list, Command current, Command deploy, Command restart, Duration asking)
        implements Platform {

    @Override
    public String name() {
        return "commands in " + directory;
    }

    @Override
    public Releases releases(String service) throws PlatformFailed, InterruptedException {
        String running = ask(current, service).strip();
        List<Release> known = new ArrayList<>();
        for (String line :
                ask(list, service).lines().filter(text -> !text.isBlank()).toList()) {
            known.add(release(service, line.strip()));
        }
        if (known.stream().noneMatch(release -> release.version().equals(running))) {
            throw new PlatformFailed("'" + current + "': expected one of the listed releases, found '" + running + "'");
        }
        return new Releases(service, known, List.of());
    }

    @Override
    public List<String> plan(Remedy remedy) {
        return List.of("run: " + commandFor(remedy));
    }

    @Override
    public Outcome carryOut(Remedy remedy, Duration limit) throws InterruptedException {
        Instant began = Instant.now();
        Command command = commandFor(remedy);
        try {
            return switch (command.run(directory, limit)) {
                case Command.Ended.Exited(var code, var output, var errors)
                when code != 0 -> new Outcome.Failed("'" + command + "' ended with " + code);
                case Command.Ended.Exited exited -> confirmed(remedy, began);
                case Command.Ended.Overdue overdue -> new Outcome.TimedOut(limit, "'" + command + "' hung");
            };
        } catch (IOException | PlatformFailed e) {
            return new Outcome.Failed("'" + command + "': " + e.getMessage());
        }
    }

    private Outcome confirmed(Remedy remedy, Instant began) throws PlatformFailed, InterruptedException {
        String running = ask(current, remedy.service()).strip();
        String expected = remedy.target().version();
        return running.equals(expected)
                ? new Outcome.Done(Duration.between(began, Instant.now()))
                : new Outcome.Failed("expected release " + expected + " to run, found '" + running + "'");
    }

    private Command commandFor(Remedy remedy) {
        String version = remedy.target().version();
        return switch (remedy) {
            case Remedy.Restart same -> restart.with(same.service(), version);
            case Remedy.RollBack back -> deploy.with(back.service(), version);
            case Remedy.Upgrade up -> deploy.with(up.service(), version);
            case Remedy.Patch patch -> deploy.with(patch.service(), version);
        };
    }

    private String ask(Command question, String service) throws PlatformFailed, InterruptedException {
        Command command = question.with(service, "");
        try {
            return switch (command.run(directory, asking)) {
                case Command.Ended.Exited(var code, var output, var errors) when code == 0 -> output;
                case Command.Ended.Exited(var code, var output, var errors) ->
                    throw new PlatformFailed("'" + command + "': expected exit code 0, found " + code);
                case Command.Ended.Overdue overdue ->
                    throw new PlatformFailed("'" + command + "': expected an answer within " + asking + ", found none");
            };
        } catch (IOException e) {
            throw new PlatformFailed("'" + command + "' could not be run: " + e.getMessage(), e);
        }
    }

    private static Release release(String service, String line) throws PlatformFailed {
        String[] parts = line.split("\\s+", 2);
        try {
            Optional<Instant> since = parts.length > 1 ? Optional.of(Instant.parse(parts[1])) : Optional.empty();
            return new Release(service, parts[0], since, List.of());
        } catch (DateTimeParseException e) {
            throw new PlatformFailed(
                    "release " + parts[0] + ": expected an ISO-8601 time, found '" + parts[1] + "'", e);
        }
    }
}
