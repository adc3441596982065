package io.staunch.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `staunch` command. Exit codes: 0 no leak, 1 a leak, 2 wrong usage or unreadable input, 3 could not tell.
@Command(
        name = "staunch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Finds memory leaks in running services, names the culprit and undoes the release.")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
