package io.staunch.server.config;

import io.staunch.remedy.Budget;
import io.staunch.remedy.Command;
import io.staunch.remedy.Mode;
import io.staunch.server.response.Charge;
import io.staunch.server.response.Charge.Driver;
import io.staunch.server.response.Charges.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Reads how far Staunch may go for a service, and the pace of incidents.
final class RemedyReader {
    /// The keys of a service that are read here.
    static final List<String> KEYS = List.of("mode", "driver", "attested-good", "changes");

    private static final int MOST_ACTS = 1_000;

    private RemedyReader() {}

    static Charge charge(Section service) throws ConfigurationWrong {
        Mode mode = service.value("mode", RemedyReader::mode).orElse(Mode.OBSERVE);
        Optional<Section> driver = service.section("driver", List.of("directories", "restart", "deploy", "program"));
        Optional<Driver> way = driver.isPresent() ? Optional.of(driver(driver.get())) : Optional.empty();
        List<String> good = service.texts("attested-good");
        Optional<Path> changes = service.value("changes", RemedyReader::absolute);
        try {
            return new Charge(mode, way, new HashSet<>(good), changes);
        } catch (IllegalArgumentException e) {
            throw service.wrong("mode", String.valueOf(e.getMessage()));
        }
    }

    private static Driver driver(Section driver) throws ConfigurationWrong {
        Optional<Path> directories = driver.value("directories", RemedyReader::directory);
        Optional<Path> program = driver.value("program", RemedyReader::program);
        if (directories.isPresent() == program.isPresent()) {
            throw driver.wrong(
                    "directories",
                    "expected either directories or a program, found " + (program.isPresent() ? "both" : "none"));
        }
        Optional<Command> restart = command(driver, "restart");
        Optional<Command> deploy = command(driver, "deploy");
        if (program.isPresent()) {
            if (restart.isPresent() || deploy.isPresent()) {
                throw driver.wrong("program", "expected no commands beside a program, which has verbs of its own");
            }
            return new Driver.Program(program.get());
        }
        return new Driver.Directories(
                directories.orElseThrow(),
                deploy,
                restart.orElseThrow(
                        () -> driver.wrong("restart", "expected the command that starts the service anew")));
    }

    private static Optional<Command> command(Section driver, String key) throws ConfigurationWrong {
        List<String> words = driver.texts(key);
        return words.isEmpty() ? Optional.empty() : Optional.of(new Command(words));
    }

    static Pace pace(Section incidents) throws ConfigurationWrong {
        Pace usual = Pace.USUAL;
        Optional<Section> budget = incidents.section("budget", List.of("acts", "within"));
        return new Pace(
                incidents.value("after", RemedyReader::positive).orElse(usual.after()),
                incidents.value("settling", RemedyReader::positive).orElse(usual.settling()),
                incidents.value("effect", RemedyReader::positive).orElse(usual.effect()),
                incidents.value("gone-after", RemedyReader::positive).orElse(usual.goneAfter()),
                budget.isPresent() ? budget(budget.get()) : usual.budget());
    }

    private static Budget budget(Section budget) throws ConfigurationWrong {
        int acts = budget.value("acts", RemedyReader::acts).orElse(Budget.DEFAULT.acts());
        return new Budget(acts, budget.value("within", RemedyReader::positive).orElse(Budget.DEFAULT.within()));
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "observe" -> Mode.OBSERVE;
            case "recommend" -> Mode.RECOMMEND;
            case "approve" -> Mode.APPROVE;
            case "auto" -> Mode.AUTO;
            default ->
                throw new IllegalArgumentException(
                        "expected observe, recommend, approve or auto, found '" + text + "'");
        };
    }

    private static Duration positive(String text) {
        Duration duration = Quantities.duration(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("expected more than no time, found '" + text + "'");
        }
        return duration;
    }

    private static int acts(String text) {
        try {
            int acts = Integer.parseInt(text.strip());
            if (acts >= 0 && acts <= MOST_ACTS) {
                return acts;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(actsExpected(text), e);
        }
        throw new IllegalArgumentException(actsExpected(text));
    }

    private static String actsExpected(String text) {
        return "expected a whole number from 0 to " + MOST_ACTS + ", found '" + text + "'";
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("expected an absolute path, found '" + text + "'");
        }
        return path;
    }

    private static Path directory(String text) {
        Path home = absolute(text);
        if (!Files.isDirectory(home.resolve("releases"))) {
            throw new IllegalArgumentException(
                    "expected a directory that holds releases and current, found '" + text + "'");
        }
        return home;
    }

    private static Path program(String text) {
        Path program = absolute(text);
        if (!Files.isExecutable(program)) {
            throw new IllegalArgumentException("expected a program that can be run, found '" + text + "'");
        }
        return program;
    }
}
