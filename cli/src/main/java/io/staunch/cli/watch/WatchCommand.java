package io.staunch.cli.watch;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Interruption;
import io.staunch.cli.Unreadable;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.server.Archive;
import io.staunch.server.HeapShelf;
import io.staunch.server.Lives;
import io.staunch.server.OwnHeap;
import io.staunch.server.ReleaseBook;
import io.staunch.server.Watch;
import io.staunch.server.WatchedTarget;
import io.staunch.server.alert.Alerting;
import io.staunch.server.config.Configuration;
import io.staunch.server.config.ConfigurationFile;
import io.staunch.server.config.ConfigurationWrong;
import io.staunch.server.response.Duty;
import io.staunch.server.store.Keeper;
import io.staunch.server.store.StoreAddress;
import io.staunch.server.store.StoreHealth;
import io.staunch.server.web.Interface;
import io.staunch.server.web.Shown;
import io.staunch.server.web.WebServer;
import io.staunch.server.web.WebServerFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch watch`: watches what runs on this host and what its configuration names, until Ctrl-C.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Watches every JVM, Redis server and large process on this host, prints a line whenever a verdict"
                + " changes, opens incidents, acts on services that its configuration lets it act on, and serves a page,"
                + " until Ctrl-C.")
public final class WatchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print each line as a JSON object")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "services, limits and pace, as YAML; a change of the file is taken up within seconds")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--check-config", description = "only say whether the file of --config is good")
    private boolean checkConfig;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "where the page and the API are served, on loopback; 0 for any free port (default: 8710)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--no-ui", description = "serve the API without the page")
    private boolean noUi;

    @Override
    public Integer call() throws InterruptedException, Unreadable {
        Optional<ConfigurationFile> file = open();
        if (checkConfig) {
            return check(file);
        }
        Configuration configuration = file.map(ConfigurationFile::current).orElse(Configuration.USUAL);
        WatchLines lines = new WatchLines(System.out, json);
        CountDownLatch asked = new CountDownLatch(1);
        ReleaseBook releases = new ReleaseBook();
        try (Interruption _ = new Interruption(asked::countDown);
                OwnHeap _ = OwnHeap.keepSmall();
                Keeper keeper = keep(configuration.storing(), releases);
                Duty duty = Duty.open(configuration, configuration, state(), releases, lines::tell);
                Watch watch = Watch.start(configuration, archive(keeper, configuration), releases, event -> {
                    lines.accept(event);
                    keeper.accept(event);
                    duty.accept(event);
                })) {
            duty.begin(watch);
            serve(new Parts(watch, keeper, duty, releases), configuration, file, asked);
        } catch (IOException e) {
            throw new Unreadable("the records of incidents and acts: " + e.getMessage(), e);
        } finally {
            file.ifPresent(ConfigurationFile::close);
        }
        return ExitCode.INTERRUPTED;
    }

    /// Until Ctrl-C.
    private void serve(Parts parts, Configuration configuration, Optional<ConfigurationFile> file, CountDownLatch asked)
            throws InterruptedException, Unreadable {
        Daemon daemon = new Daemon(parts);
        try (WebServer web = serve(daemon, parts.releases(), configuration.listen());
                Alerting alerting = Alerting.start(
                        configuration.alerts(), web.address(), new Told(parts.watch(), parts.duty()), parts.keeper())) {
            daemon.warnOf(alerting);
            file.ifPresent(followed -> followed.follow(changed -> adopt(parts, configuration, changed), this::say));
            say("watching what runs on this host; Ctrl-C ends it; " + web.address());
            asked.await();
        }
    }

    /// What the daemon is made of.
    private record Parts(Watch watch, Keeper keeper, Duty duty, ReleaseBook releases) {}

    private static StateDirectory state() {
        return StateDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private Optional<ConfigurationFile> open() throws Unreadable {
        try {
            return config.isPresent() ? Optional.of(ConfigurationFile.open(config.get())) : Optional.empty();
        } catch (ConfigurationWrong wrong) {
            throw new Unreadable(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Integer check(Optional<ConfigurationFile> file) throws Unreadable {
        if (file.isEmpty()) {
            throw new Unreadable("--check-config: expected --config FILE beside it, found none");
        }
        int services = file.get().current().services().size();
        System.out.println(config.orElseThrow() + ": good; services: " + services);
        return ExitCode.NO_LEAK;
    }

    private void adopt(Parts parts, Configuration started, Configuration changed) {
        parts.watch().adopt(changed);
        parts.duty().adopt(changed, changed);
        parts.keeper().adopt(changed.storing().retention());
        boolean later = !changed.listen().equals(started.listen())
                || !changed.alerts().equals(started.alerts())
                || !changed.storing().address().equals(started.storing().address());
        say("the new configuration is taken up"
                + (later ? "; where it listens, keeps and alerts, at the next start" : ""));
    }

    private static Keeper keep(Configuration.Storing storing, ReleaseBook releases) {
        StoreAddress address = storing.address().orElseGet(() -> StoreAddress.file(state().store()));
        return Keeper.start(address, host(), storing.retention(), releases);
    }

    private Archive archive(Keeper keeper, Configuration configuration) {
        return Archive.with(new HeapShelf(state().heaps()), new Lives(keeper, configuration), this::say);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /// What alerts tell of.
    private record Told(Watch watch, Duty duty) implements Alerting.Seen {
        @Override
        public List<Incident> incidents() {
            return duty.incidents();
        }

        @Override
        public Optional<Incident> recorded(String id) {
            try {
                return new IncidentStore(state().incidents()).find(id);
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public List<WatchedTarget> targets() {
            return watch.targets();
        }
    }

    /// What the page and the API show.
    private static final class Daemon implements Shown {
        private final Parts parts;
        private volatile Optional<Alerting> alerting = Optional.empty();

        Daemon(Parts parts) {
            this.parts = parts;
        }

        void warnOf(Alerting started) {
            alerting = Optional.of(started);
        }

        @Override
        public List<WatchedTarget> targets() {
            return parts.watch().targets();
        }

        @Override
        public Optional<StoreHealth> store() {
            return Optional.of(parts.keeper().health());
        }

        @Override
        public Optional<Duty> duty() {
            return Optional.of(parts.duty());
        }

        @Override
        public Optional<IncidentStore> incidents() {
            return Optional.of(new IncidentStore(state().incidents()));
        }

        @Override
        public Optional<HeapShelf> heaps() {
            return Optional.of(new HeapShelf(state().heaps()));
        }

        @Override
        public List<String> warnings() {
            return alerting.map(Alerting::warnings).orElse(List.of());
        }
    }

    private void say(String line) {
        System.err.println(line);
    }

    /// On the port that was asked for or not at all; on the usual one, or else on any that is free.
    private WebServer serve(Shown shown, ReleaseBook releases, Configuration.Listen listen) throws Unreadable {
        boolean page = !noUi && listen.page();
        Optional<Integer> wanted = port.or(listen::port);
        try {
            return WebServer.start(listen.on(wanted.orElse(WebServer.USUAL_PORT), page), shown, releases);
        } catch (WebServerFailed busy) {
            if (wanted.isPresent()) {
                throw new Unreadable(String.valueOf(busy.getMessage()), busy);
            }
            return anyPort(shown, releases, listen.on(0, page));
        }
    }

    private WebServer anyPort(Shown shown, ReleaseBook releases, Interface served) throws Unreadable {
        try {
            return WebServer.start(served, shown, releases);
        } catch (WebServerFailed none) {
            throw new Unreadable(String.valueOf(none.getMessage()), none);
        }
    }
}
