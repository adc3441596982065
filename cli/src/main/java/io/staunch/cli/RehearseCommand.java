package io.staunch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Runs in one JVM what the launcher's ahead-of-time cache is to be good at: a heap dump is counted, then analysed.
@Command(name = "rehearse", hidden = true, description = "For the launcher: what its ahead-of-time cache is made from.")
final class RehearseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DUMP")
    private String dump = "";

    private RehearseCommand() {}

    @Override
    public Integer call() {
        int counted = Main.commandLine().execute("heap", dump, "--histogram", "--json");
        int analysed = Main.commandLine().execute("heap", dump, "--json", "--no-cache");
        return Math.max(counted, analysed);
    }
}
