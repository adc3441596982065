package io.staunch.shop.buyers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `shop load`: sends visitors for a time, writes one JSON line a second. Exit codes: 0 done, 2 wrong usage.
@Command(
        name = "shop load",
        mixinStandardHelpOptions = true,
        description = "Sends visitors to the shop for a time; one JSON line a second, a summary at the end.")
public final class Main implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(2);

    static final class Target {
        @Option(names = "--dir", required = true, description = "The folder of a running shop")
        @Nullable
        Path dir;

        @Option(names = "--url", required = true, description = "Where the shop is, when it is not a folder's")
        @Nullable
        URI url;
    }

    @ArgGroup(multiplicity = "1")
    Target target = new Target();

    @Option(names = "--rate", defaultValue = "60", description = "Visits a second (${DEFAULT-VALUE})")
    double rate;

    @Option(names = "--for", defaultValue = "5m", description = "How long visitors arrive (${DEFAULT-VALUE})")
    Duration time = Duration.ZERO;

    @Option(names = "--out", description = "The file for the JSON lines; standard output when absent")
    @Nullable
    Path out;

    @Option(names = "--think", defaultValue = "600ms", description = "Mean pause between clicks (${DEFAULT-VALUE})")
    Duration think = Duration.ZERO;

    @Option(
            names = "--slow-over",
            defaultValue = "750ms",
            description = "A user who waits longer for an answer counts as hit (${DEFAULT-VALUE})")
    Duration slowOver = Duration.ZERO;

    @Option(names = "--surge-after", description = "A surge begins after so long")
    @Nullable
    Duration surgeAfter;

    @Option(names = "--surge-for", defaultValue = "30s", description = "How long the surge lasts (${DEFAULT-VALUE})")
    Duration surgeFor = Duration.ZERO;

    @Option(
            names = "--surge-factor",
            defaultValue = "3",
            description = "The surge's rate is so many times the ordinary one (${DEFAULT-VALUE})")
    double surgeFactor;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the visitors' choices (${DEFAULT-VALUE})")
    long seed;

    private Main() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.registerConverter(Duration.class, Main::duration);
        line.setParameterExceptionHandler((e, rejected) -> complain(e));
        line.setExecutionExceptionHandler((e, command, result) -> complain(e));
        System.exit(line.execute(args));
    }

    private static int complain(Exception e) {
        System.err.println("shop: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        return 2;
    }

    private static Duration duration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.matches("\\d+MS")) {
            return Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)));
        }
        return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rate <= 0 || rate > 5_000 || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IOException(
                    "expected a rate from 0 to 5000 and a time up to " + LONGEST + ", found " + rate + " and " + time);
        }
        Optional<Duration> surge = Optional.ofNullable(surgeAfter);
        Arrivals arrivals = new Arrivals(rate, time, surge, surgeFor, surgeFactor, seed);
        Report report = out == null ? new Report(System.out) : Report.to(out);
        new Load(shopUrl(), shopIsThere(), arrivals, think, new Tally(slowOver), report).run();
        report.end();
        return 0;
    }

    record ShopFile(String url, Supervisor supervisor) {
        record Supervisor(long pid) {}
    }

    private URI shopUrl() throws IOException {
        if (target.url != null) {
            return target.url;
        }
        return URI.create(shopFile().url());
    }

    /// For a shop of a folder: visitors stay away once its supervisor is gone.
    private Optional<ProcessHandle> shopIsThere() throws IOException {
        return target.dir == null
                ? Optional.empty()
                : ProcessHandle.of(shopFile().supervisor().pid());
    }

    private ShopFile shopFile() throws IOException {
        Path dir = target.dir == null ? Path.of("") : target.dir;
        Path file = dir.resolve("shop.json");
        if (!Files.exists(file)) {
            throw new IOException("expected a running shop in " + dir + ", found none");
        }
        try {
            return JsonMapper.builder()
                    .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(Files.readString(file), ShopFile.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": expected the shop's state as JSON, found something else", e);
        }
    }
}
