package io.staunch.verify.drill;

import io.staunch.drill.Control;
import io.staunch.drill.ControlName;
import io.staunch.drill.DrillFailed;
import io.staunch.drill.ShopHome;
import io.staunch.incident.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Deployments, surges, warm-ups, jobs and lower limits without a leak, under mode `auto`: not one act may
/// follow.
@Command(
        name = "controls",
        mixinStandardHelpOptions = true,
        description = "Runs days without a leak under mode auto and counts what Staunch did. Exit code 0: nothing.")
final class ControlRuns implements Callable<Integer> {
    @Option(names = "--rounds", description = "how often each kind is run (default: ${DEFAULT-VALUE}, 20 runs in all)")
    private int rounds = 4;

    @Option(names = "--seconds", description = "how long each is watched (default: ${DEFAULT-VALUE})")
    private int seconds = 75;

    @Option(names = "--only", description = "one kind: ${COMPLETION-CANDIDATES} (default: all)")
    private List<ControlName> only = Arrays.asList(ControlName.values());

    private ControlRuns() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ControlRuns())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, DrillFailed, InterruptedException {
        ShopHome home =
                ShopHome.of(Map.of("STAUNCH_HOME", Path.of("").toAbsolutePath().toString()));
        Path work = Files.createTempDirectory("staunch-controls");
        int runs = 0;
        int acts = 0;
        for (int round = 1; round <= rounds; round++) {
            for (ControlName name : only) {
                runs++;
                Control.Result result = Control.run(
                        name,
                        home,
                        work.resolve(name.name().toLowerCase(Locale.ROOT) + "-" + round),
                        Duration.ofSeconds(seconds),
                        (at, voice, sentence) -> System.err.println("  " + sentence));
                acts += result.acts().size();
                System.out.printf(
                        "%-14s %d acts, %d incidents%s%n",
                        name,
                        result.acts().size(),
                        result.incidents().size(),
                        result.incidents().isEmpty()
                                ? ""
                                : ": "
                                        + result.incidents().stream()
                                                .map(Incident::service)
                                                .toList());
            }
        }
        System.out.printf("%d runs, %d acts%n", runs, acts);
        return acts == 0 ? 0 : 1;
    }
}
