package io.staunch.cli;

import io.staunch.collect.AnswerFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The `staunch` command. Exit codes: see [ExitCode].
@Command(
        name = "staunch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Finds memory leaks in running services, names the culprit and undoes the release.")
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        AnswerFilter.install();
        System.exit(commandLine(args).execute(args));
    }

    /// For these arguments: with their verb alone where there is one, for to know all of them takes longer than the
    /// rest of the start; else with every verb.
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        Optional<Verb> asked = args.length == 0 ? Optional.empty() : Verb.of(args[0]);
        asked.map(List::of).orElse(List.of(Verb.values())).forEach(verb -> line.addSubcommand(verb.command()));
        return line.registerConverter(Duration.class, new Durations())
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed);
    }

    /// Without a verb there is nothing to do but to say which there are.
    @Override
    public void run() {
        throw new ParameterException(commandLine(), "expected a verb, found none; staunch --help lists them");
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        System.err.println("staunch: " + oneLine(wrong));
        return ExitCode.UNREADABLE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        boolean expected = failure instanceof Unreadable;
        System.err.println(
                "staunch: " + (expected ? "" : failure.getClass().getSimpleName() + ": ") + oneLine(failure));
        if (!expected && System.getenv("STAUNCH_DEBUG") != null) {
            failure.printStackTrace(System.err);
        }
        return ExitCode.UNREADABLE;
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }
}
