package io.staunch.cli;

/// Runs in one JVM what the launcher's ahead-of-time cache is to be good at: a heap dump is counted, then analysed.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        int counted = Main.commandLine().execute("heap", args[0], "--histogram", "--json");
        int analysed = Main.commandLine().execute("heap", args[0], "--json", "--no-cache");
        System.exit(Math.max(counted, analysed));
    }
}
