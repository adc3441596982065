package io.staunch.cli.review;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.diagnose.review.Review;
import io.staunch.diagnose.review.ReviewReport;
import io.staunch.diagnose.review.UnreadableInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `staunch review PATH…`: libraries with known leaks, and code that leaks by construction.
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "Looks through jars, folders of classes or a pom.xml for libraries with known leaks and for code "
                + "that leaks by construction. Reads files only; nothing is fetched or run.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing found", "1:something found", "2:wrong usage or unreadable input"})
public final class ReviewCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "a jar, war or class file, a folder, a pom.xml, or a class path")
    private List<String> paths = List.of();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "write SARIF 2.1.0, as services that scan code read it")
    private @Nullable Path sarif;

    @Option(
            names = "--all",
            description = "also by the rules whose findings are more often no leak, and what is likely in libraries "
                    + "within a jar")
    private boolean all;

    @Override
    public Integer call() throws Unreadable {
        if (paths.isEmpty()) {
            throw new Unreadable("expected a jar, a folder of classes, a class path or a pom.xml, found none");
        }
        Path file = sarif;
        if (json && file != null) {
            throw new Unreadable("expected --json or --sarif, found both");
        }
        ReviewReport report = review();
        report.warnings().forEach(warning -> System.err.println("staunch: warning: " + warning));
        if (file != null) {
            write(file, Json.of(ReviewSarif.of(report)));
        }
        System.out.print(json ? Json.of(ReviewJson.of(report)) : ReviewText.of(report));
        System.out.flush();
        return report.findings().isEmpty() ? ExitCode.NO_LEAK : ExitCode.LEAK;
    }

    private ReviewReport review() throws Unreadable {
        try {
            return Review.of(paths, all);
        } catch (UnreadableInputException e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unreadable(
                    "expected to read what is to be reviewed, found "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void write(Path file, String text) throws Unreadable {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Unreadable(
                    file + ": expected to be able to write it, found "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
