package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The `shop` command. Exit codes: 0 done, 2 not done, with one line that says why.
@Command(
        name = "shop",
        mixinStandardHelpOptions = true,
        description = "Runs the online shop of the five incidents on loopback ports, for drills and tests.")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
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
        return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
    }

    static final class Folder {
        @Option(names = "--dir", required = true, description = "The folder of this shop")
        Path dir = Path.of("");

        Path path() {
            return dir.toAbsolutePath().normalize();
        }
    }

    static final class StartFlags {
        @Option(names = "--release", defaultValue = "2.3.0", description = "Release of shop-api (${DEFAULT-VALUE})")
        String release = "";

        @Option(
                names = "--gateway-release",
                defaultValue = "1.8.0",
                description = "Release of payment-gateway (${DEFAULT-VALUE})")
        String gatewayRelease = "";

        @Option(
                names = "--cache-release",
                defaultValue = "6.2.11-1",
                description = "Release of the cache (${DEFAULT-VALUE})")
        String cacheRelease = "";

        @Option(names = "--port", defaultValue = "0", description = "Port of shop-api; 0 is any free one")
        int port;

        @Option(names = "--heap", defaultValue = "128", description = "Heap of shop-api in MiB (${DEFAULT-VALUE})")
        int heapMib;

        @Option(
                names = "--gc",
                defaultValue = "SERIAL",
                description = "Collector of shop-api: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
        StartOptions.Collector collector = StartOptions.Collector.SERIAL;

        @Option(
                names = "--balanced",
                arity = "0..1",
                defaultValue = "false",
                fallbackValue = "true",
                description = "Puts a load balancer in front of shop-api; deployments then have no gap")
        boolean balanced;

        @Option(
                names = "--session-lifetime",
                defaultValue = "20s",
                description = "A session unused for so long is expired (${DEFAULT-VALUE})")
        Duration sessionLifetime = Duration.ZERO;

        @Option(
                names = "--longest-life",
                defaultValue = "20m",
                description = "The shop stops by itself after so long (${DEFAULT-VALUE})")
        Duration longestLife = Duration.ZERO;

        @Option(names = "--parent", description = "The shop stops when this process is gone")
        @Nullable
        Long parent;

        StartOptions at(Path dir) throws ShopException {
            Optional<KnownProcess> process = Optional.empty();
            if (parent != null) {
                process = ProcessHandle.of(parent).map(KnownProcess::of);
                if (process.isEmpty()) {
                    throw new ShopException("expected a parent process that runs, found none of id " + parent);
                }
            }
            return new StartOptions(
                    dir,
                    release,
                    gatewayRelease,
                    cacheRelease,
                    port,
                    heapMib,
                    collector,
                    balanced,
                    sessionLifetime,
                    longestLife,
                    process);
        }
    }

    @Command(name = "start", description = "Starts all, waits until the shop answers, prints its status")
    void start(@Mixin Folder folder, @Mixin StartFlags flags) throws IOException, ShopException, InterruptedException {
        Starter.start(Home.find(), flags.at(folder.path()));
        printStatus(folder.path());
    }

    @Command(name = "supervise", hidden = true)
    void supervise(@Mixin Folder folder, @Mixin StartFlags flags)
            throws IOException, ShopException, InterruptedException {
        new Supervisor(flags.at(folder.path())).run(Home.find());
        System.exit(0);
    }

    @Command(name = "deploy", description = "Installs a release, makes it current, restarts the service")
    void deploy(
            @Mixin Folder folder,
            @Option(names = "--service", defaultValue = Shop.API) String service,
            @Parameters(paramLabel = "RELEASE") String release)
            throws IOException, ShopException, InterruptedException {
        send(folder, new ShopCommand("deploy", service, release));
    }

    @Command(name = "rollback", description = "Goes back to a release, or to the one before")
    void rollback(
            @Mixin Folder folder,
            @Option(names = "--service", defaultValue = Shop.API) String service,
            @Parameters(paramLabel = "RELEASE", arity = "0..1", defaultValue = "") String release)
            throws IOException, ShopException, InterruptedException {
        send(folder, new ShopCommand("rollback", service, release));
    }

    @Command(name = "restart", description = "Restarts a service in its current release")
    void restart(@Mixin Folder folder, @Option(names = "--service", defaultValue = Shop.API) String service)
            throws IOException, ShopException, InterruptedException {
        send(folder, new ShopCommand("restart", service, ""));
    }

    @Command(name = "scale", description = "Changes the number of instances of shop-api (needs --balanced)")
    void scale(@Mixin Folder folder, @Parameters(paramLabel = "NUMBER") int number)
            throws IOException, ShopException, InterruptedException {
        send(folder, new ShopCommand("scale", Shop.API, Integer.toString(number)));
    }

    @Command(name = "migrate", description = "Updates the database's schema up to a number")
    void migrate(@Mixin Folder folder, @Parameters(paramLabel = "NUMBER") int number)
            throws IOException, ShopException, InterruptedException {
        send(folder, new ShopCommand("migrate", "database", Integer.toString(number)));
    }

    @Command(name = "status", description = "Prints what runs, as JSON")
    void status(@Mixin Folder folder) throws IOException, ShopException, InterruptedException {
        printStatus(folder.path());
    }

    @Command(name = "stop", description = "Ends all processes of the shop")
    void stop(@Mixin Folder folder) throws IOException, ShopException, InterruptedException {
        Stopper.stop(folder.path());
        printStatus(folder.path());
    }

    private static void send(Folder folder, ShopCommand command)
            throws IOException, ShopException, InterruptedException {
        ControlClient.send(folder.path(), command);
        printStatus(folder.path());
    }

    private static void printStatus(Path dir) throws IOException, ShopException, InterruptedException {
        Path existing = Files.exists(dir) ? dir.toRealPath() : dir;
        System.out.println(Json.MAPPER.writeValueAsString(Status.of(existing)));
    }
}
