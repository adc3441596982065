package io.staunch.cli.drill;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.drill.BlindDrill;
import io.staunch.drill.Drill;
import io.staunch.drill.DrillFailed;
import io.staunch.drill.DrillName;
import io.staunch.drill.DrillResult;
import io.staunch.drill.Pace;
import io.staunch.drill.ShopHome;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `staunch drill NAME`: runs one of the incidents for real, or all of them one after the other, with Staunch
/// looking after the shop.
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an incident for real on this machine: a shop with its database, cache and buyers, a deployment that "
                    + "leaks, and Staunch looking after it. Everything is on loopback and gone afterwards.",
            "NAME is cache, auth, connections, payments, sessions, or all."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:recovered",
            "1:not recovered",
            "2:wrong usage, or the drill could not be run",
            "130:interrupted"
        })
public final class DrillCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "which incident: cache, auth, connections, payments, sessions, or all")
    private String name = "";

    @Option(
            names = "--blind",
            description =
                    "do not tell which incident it is: examine suspects, act, and say whom to blame; without NAME "
                            + "one is drawn")
    private boolean blind;

    @Option(names = "--seed", paramLabel = "N", description = "of the draw of --blind; else the time")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--fast", description = "at a quicker pace, for tests")
    private boolean fast;

    @Option(
            names = "--mode",
            paramLabel = "approve|auto",
            defaultValue = "approve",
            converter = ModeName.class,
            description = "whether the team agrees to each act (approve, the default) or Staunch acts by itself (auto)")
    private Mode mode = Mode.APPROVE;

    @Option(names = "--json", description = "print the result as one JSON object")
    private boolean json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "keep all of it there: incident, postmortem, audit log, the shop's logs and events, the load's "
                            + "report; with all, a folder in it for each")
    private Optional<Path> keep = Optional.empty();

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        Story story = new Story(System.err);
        try {
            if (blind) {
                return blind();
            }
            List<DrillName> incidents = incidents();
            List<DrillResult> results = new ArrayList<>();
            for (DrillName incident : incidents) {
                results.add(run(
                        incident,
                        keep.map(root -> incidents.size() == 1 ? root : root.resolve(incident.word())),
                        story));
            }
            print(results);
            return results.stream().allMatch(DrillResult::recovered) ? 0 : ExitCode.LEAK;
        } catch (DrillFailed e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unreadable("the drill's folder could not be used: " + e.getMessage(), e);
        }
    }

    private int blind() throws DrillFailed, Unreadable, IOException, InterruptedException {
        DrillName incident = name.isEmpty() ? drawn() : incidents().getFirst();
        ShopHome home = ShopHome.of(System.getenv());
        Path folder = folder(keep);
        BlindDrill drill = new BlindDrill(
                incident,
                home,
                folder.resolve("shop"),
                fast ? Pace.fast() : Pace.ordinary(),
                new StateDirectory(folder));
        Thread cleanUp = new Thread(() -> cleanUp(drill, folder), "drill-interrupted");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        BlindDrill.Score score = new BlindTerminal(drill, in, System.out).run();
        System.out.print(BlindTerminal.text(score));
        System.out.flush();
        Runtime.getRuntime().removeShutdownHook(cleanUp);
        cleanUp(drill, folder);
        return score.person().isPresent() ? 0 : ExitCode.LEAK;
    }

    private DrillName drawn() {
        List<DrillName> all = List.of(DrillName.values());
        return all.get(new Random(seed.orElseGet(System::nanoTime)).nextInt(all.size()));
    }

    private List<DrillName> incidents() throws Unreadable {
        if (name.equals(ALL)) {
            return List.of(DrillName.values());
        }
        return List.of(DrillName.of(name)
                .orElseThrow(() -> new Unreadable(
                        "expected the name of a drill (" + DrillName.words() + ", or all), found '" + name + "'")));
    }

    private DrillResult run(DrillName incident, Optional<Path> kept, Story story)
            throws DrillFailed, Unreadable, IOException, InterruptedException {
        ShopHome home = ShopHome.of(System.getenv());
        Path folder = folder(kept);
        StateDirectory state = kept.isPresent()
                ? new StateDirectory(folder)
                : StateDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
        Pace pace = fast ? Pace.fast() : Pace.ordinary();
        Drill drill = new Drill(incident, home, folder.resolve("shop"), pace, mode, state, story);
        Thread cleanUp = new Thread(() -> cleanUp(drill, folder), "drill-interrupted");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        DrillResult result = drill.run();
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException e) {
            // Ctrl-C came first: the hook cleans up, and the JVM ends with 130.
            throw new InterruptedException();
        }
        cleanUp(drill, folder);
        return result;
    }

    private static Path folder(Optional<Path> kept) throws IOException, Unreadable {
        if (kept.isEmpty()) {
            return Files.createTempDirectory("staunch-drill");
        }
        Path folder = kept.get().toAbsolutePath();
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("shop"))) {
            throw new Unreadable(
                    "--keep: expected a folder without a shop of an earlier drill, found " + folder.resolve("shop"));
        }
        return folder;
    }

    private void cleanUp(AutoCloseable drill, Path folder) {
        try {
            drill.close();
        } catch (Exception e) {
            System.err.println("staunch: " + e.getMessage());
        }
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

    private void print(List<DrillResult> results) {
        System.out.print(json ? json(results) + System.lineSeparator() : text(results));
        System.out.flush();
    }

    private String text(List<DrillResult> results) {
        StringBuilder text = new StringBuilder();
        results.forEach(result -> text.append(DrillText.of(result)));
        return results.size() == 1 ? text.toString() : text + "\n" + DrillTable.of(results);
    }

    private String json(List<DrillResult> results) {
        Object form = results.size() == 1 ? results.getFirst().json() : DrillTable.json(results);
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(form);
    }

    static final class ModeName implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "approve" -> Mode.APPROVE;
                case "auto" -> Mode.AUTO;
                default -> throw new TypeConversionException("expected approve or auto, found '" + text + "'");
            };
        }
    }
}
