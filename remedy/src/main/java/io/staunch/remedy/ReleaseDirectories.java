package io.staunch.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Releases as directories, `releases/VERSION/lib/*.jar`, with a link `current` to the one in place: the layout that
/// deployment tools have used since Capistrano. A release is put in place by swapping the link in one step and
/// running the restart command.
///
/// @param home    holds `releases` and `current`
/// @param deploy  puts `{release}` in place and starts it, link and all, where the operator has a command for that
/// @param restart starts the service anew from `current`; may hold `{service}` and `{release}`
/// @param history what is known of earlier deployments; the link alone tells only of the last one
public record ReleaseDirectories(
        String service, Path home, Optional<Command> deploy, Command restart, LibraryNames names, ChangeSource history)
        implements Platform {

    /// Where earlier deployments and migrations are recorded.
    @FunctionalInterface
    public interface ChangeSource {
        List<RecordedChange> changes() throws IOException;
    }

    /// With nothing known but the link.
    public static ReleaseDirectories withoutHistory(String service, Path home, Command restart, LibraryNames names) {
        return new ReleaseDirectories(service, home, Optional.empty(), restart, names, List::of);
    }

    @Override
    public String name() {
        return "release directories in " + home;
    }

    @Override
    public Releases releases(String ofService) throws PlatformFailed {
        List<Release> known = new ArrayList<>();
        try {
            Optional<Path> current = currentDirectory();
            for (Path directory : releaseDirectories()) {
                Optional<Instant> since = current.filter(directory::equals).isPresent()
                        ? Optional.of(Files.getLastModifiedTime(link(), LinkOption.NOFOLLOW_LINKS)
                                .toInstant())
                        : Optional.empty();
                known.add(new Release(ofService, directory.getFileName().toString(), since, libraries(directory)));
            }
            return new Releases(ofService, known, history.changes());
        } catch (IOException e) {
            throw new PlatformFailed(
                    home + ": expected releases/VERSION and a link named current, found " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> plan(Remedy remedy) {
        String version = remedy.target().version();
        return switch (remedy) {
            case Remedy.Restart same -> List.of("run: " + restart.with(service, version));
            case Remedy.RollBack back -> placing(version);
            case Remedy.Upgrade up -> placing(version);
            case Remedy.Patch patch -> placing(version);
        };
    }

    private List<String> placing(String version) {
        return deploy.map(command -> List.of("run: " + command.with(service, version)))
                .orElseGet(() -> List.of(
                        "point " + link() + " at releases/" + version, "run: " + restart.with(service, version)));
    }

    @Override
    public Outcome carryOut(Remedy remedy, Duration limit) throws InterruptedException {
        Instant began = Instant.now();
        String version = remedy.target().version();
        try {
            Path target = home.resolve("releases").resolve(version);
            if (!Files.isDirectory(target)) {
                return new Outcome.Failed("expected the release directory " + target + ", found none");
            }
            Optional<Path> before = currentDirectory();
            boolean other = before.filter(target.toRealPath()::equals).isEmpty();
            Command command = other ? deploy.orElse(restart) : restart;
            if (other && deploy.isEmpty()) {
                putInPlace(version);
            }
            return switch (command.with(service, version).run(home, limit)) {
                case Command.Ended.Exited(var code, var output, var errors)
                when code != 0 ->
                    new Outcome.Failed(
                            "the command ended with " + code + ": " + lastLine(errors, output) + putBack(before));
                case Command.Ended.Exited exited -> seenInPlace(target, began);
                case Command.Ended.Overdue overdue -> new Outcome.TimedOut(limit, "the command hung" + putBack(before));
            };
        } catch (IOException e) {
            return new Outcome.Failed("release " + version + " could not be put in place: " + e.getMessage());
        }
    }

    private Outcome seenInPlace(Path target, Instant began) throws IOException {
        Optional<Path> now = currentDirectory();
        return now.filter(target.toRealPath()::equals).isPresent()
                ? new Outcome.Done(Duration.between(began, Instant.now()))
                : new Outcome.Failed("expected current to point at " + target + ", found "
                        + now.map(Path::toString).orElse("no link"));
    }

    /// After a failure the link says again what it said before; the process may still be either release's.
    private String putBack(Optional<Path> before) throws IOException {
        if (deploy.isPresent() || before.isEmpty() || before.equals(currentDirectory())) {
            return "";
        }
        putInPlace(before.get().getFileName().toString());
        return "; current points at " + before.get().getFileName() + " again";
    }

    private void putInPlace(String version) throws IOException {
        Path next = home.resolve("current.next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, Path.of("releases", version));
        Files.move(next, link(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path link() {
        return home.resolve("current");
    }

    private Optional<Path> currentDirectory() throws IOException {
        return Files.isDirectory(link()) ? Optional.of(link().toRealPath()) : Optional.empty();
    }

    private List<Path> releaseDirectories() throws IOException {
        try (Stream<Path> entries = Files.list(home.resolve("releases").toRealPath())) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    private List<Library> libraries(Path release) throws IOException {
        Path lib = release.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .map(names::nameOf)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static String lastLine(String errors, String output) {
        String text = errors.isBlank() ? output : errors;
        return text.lines().reduce((earlier, later) -> later).orElse("no message");
    }
}
