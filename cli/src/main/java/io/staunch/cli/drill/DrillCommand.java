package io.staunch.cli.drill;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.drill.DrillFailed;
import io.staunch.drill.DrillResult;
import io.staunch.drill.Pace;
import io.staunch.drill.SessionsDrill;
import io.staunch.drill.ShopHome;
import io.staunch.incident.StateDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `staunch drill NAME`: runs one of the incidents for real, with Staunch looking after the shop.
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an incident for real on this machine: a shop with its database, cache and buyers, a deployment that "
                    + "leaks, and Staunch looking after it. Everything is on loopback and gone afterwards.",
            "NAME is sessions."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:recovered",
            "1:not recovered",
            "2:wrong usage, or the drill could not be run",
            "130:interrupted"
        })
public final class DrillCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "which incident: sessions")
    private String name = "";

    @Option(names = "--fast", description = "at a quicker pace, for tests")
    private boolean fast;

    @Option(names = "--json", description = "print the result as one JSON object")
    private boolean json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "keep all of it there: incident, postmortem, audit log, the shop's logs and events, the load's "
                            + "report")
    private Optional<Path> keep = Optional.empty();

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        if (!name.equals("sessions")) {
            throw new Unreadable("expected the name of a drill (sessions), found '" + name + "'");
        }
        Story story = new Story(System.err);
        try {
            return run(story);
        } catch (DrillFailed e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unreadable("the drill's folder could not be used: " + e.getMessage(), e);
        }
    }

    private int run(Story story) throws DrillFailed, Unreadable, IOException, InterruptedException {
        ShopHome home = ShopHome.of(System.getenv());
        Path folder = folder();
        StateDirectory state = keep.isPresent()
                ? new StateDirectory(folder)
                : StateDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
        Pace pace = fast ? Pace.fast() : Pace.ordinary();
        SessionsDrill drill = new SessionsDrill(home, folder.resolve("shop"), pace, state, story);
        Thread cleanUp = new Thread(() -> cleanUp(drill, folder), "drill-interrupted");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        DrillResult result = drill.run();
        print(result);
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException e) {
            // Ctrl-C came first: the hook cleans up, and the JVM ends with 130.
            throw new InterruptedException();
        }
        cleanUp(drill, folder);
        return result.recovered() ? 0 : ExitCode.LEAK;
    }

    private Path folder() throws IOException, Unreadable {
        if (keep.isEmpty()) {
            return Files.createTempDirectory("staunch-drill");
        }
        Path folder = keep.get().toAbsolutePath();
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("shop"))) {
            throw new Unreadable(
                    "--keep: expected a folder without a shop of an earlier drill, found " + folder.resolve("shop"));
        }
        return folder;
    }

    private void cleanUp(SessionsDrill drill, Path folder) {
        drill.close();
        if (keep.isEmpty()) {
            try {
                delete(folder);
            } catch (IOException e) {
                System.err.println("staunch: " + folder + " could not be removed: " + e.getMessage());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void print(DrillResult result) {
        System.out.print(
                json
                        ? JsonMapper.builder()
                                        .enable(SerializationFeature.INDENT_OUTPUT)
                                        .build()
                                        .writeValueAsString(result.json())
                                + System.lineSeparator()
                        : DrillText.of(result));
        System.out.flush();
    }
}
