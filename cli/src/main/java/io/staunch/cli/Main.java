package io.staunch.cli;

import io.staunch.cli.check.CheckCommand;
import io.staunch.cli.doctor.DoctorCommand;
import io.staunch.cli.drill.DrillCommand;
import io.staunch.cli.heap.HeapCommand;
import io.staunch.cli.incident.IncidentCommand;
import io.staunch.cli.incident.IncidentsCommand;
import io.staunch.cli.incident.PostmortemCommand;
import io.staunch.cli.incident.RollbackCommand;
import io.staunch.cli.replay.ReplayCommand;
import io.staunch.cli.watch.WatchCommand;
import io.staunch.collect.AnswerFilter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The `staunch` command. Exit codes: see [ExitCode].
@Command(
        name = "staunch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Finds memory leaks in running services, names the culprit and undoes the release.",
        subcommands = {
            CheckCommand.class,
            WatchCommand.class,
            DoctorCommand.class,
            HeapCommand.class,
            ReplayCommand.class,
            DrillCommand.class,
            IncidentsCommand.class,
            IncidentCommand.class,
            PostmortemCommand.class,
            RollbackCommand.class,
            RehearseCommand.class
        })
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        AnswerFilter.install();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .registerConverter(Duration.class, new Durations())
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
