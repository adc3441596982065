package io.staunch.verify.daemon;

import io.staunch.server.store.StoreAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Kills a process that keeps readings, releases, incidents and audit lines, by the signal that nothing can catch,
/// again and again, and after each kill compares what it said with what is there. Prints a table with a row for each
/// store. Exit code 0 if nothing was lost but what came in last, else 1.
@Command(
        name = "kills",
        mixinStandardHelpOptions = true,
        description = "kill -9 under load, on SQLite and PostgreSQL: what is lost, what is damaged.")
final class KillRun implements Callable<Integer> {
    @Option(names = "--kills", description = "for each store (default: ${DEFAULT-VALUE})")
    private int kills = 50;

    @Option(names = "--seed", description = "of the moments of the kills (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    private KillRun() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new KillRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("staunch-kills");
        System.out.println(KillTally.HEADER);
        KillTally sqlite =
                run("SQLite", StoreAddress.file(directory.resolve("staunch.db")), directory.resolve("state-sqlite"));
        System.out.println(sqlite);
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            StoreAddress address =
                    new StoreAddress(server.getJdbcUrl("postgres", "postgres"), Optional.empty(), Optional.empty());
            KillTally postgres = run("PostgreSQL", address, directory.resolve("state-postgresql"));
            System.out.println(postgres);
            return sqlite.isGood() && postgres.isGood() ? 0 : 1;
        }
    }

    private KillTally run(String name, StoreAddress address, Path state)
            throws IOException, InterruptedException, SQLException {
        Random random = new Random(seed);
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        KillTally tally = new KillTally(name, address, state);
        for (int kill = 1; kill <= kills; kill++) {
            Said said = new Said();
            Process scribe = start(address, state, begin);
            try {
                said.listen(scribe, 500 + random.nextInt(3_000));
            } finally {
                // The process's own method would close what it said, too.
                scribe.toHandle().destroyForcibly();
            }
            said.rest(scribe);
            scribe.waitFor();
            tally.count(said);
            System.err.println(name + ", kill " + kill + " of " + kills + ": " + tally.problems());
        }
        return tally;
    }

    private static Process start(StoreAddress address, Path state, Instant begin) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillScribe.class.getName(),
                        address.url(),
                        state.toString(),
                        begin.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
