package io.staunch.server.config;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.alert.AlertRoute;
import io.staunch.server.alert.Alerting;
import io.staunch.server.config.Configuration.Storing;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the configuration file, YAML. Every key is documented in docs/reference/configuration.md.
final class ConfigurationReader {
    private static final Duration FASTEST = Duration.ofSeconds(1);
    private static final Duration SLOWEST = Duration.ofMinutes(10);

    /// Series that may be given a limit, by their names in the file.
    private static final Map<String, Series> LIMITED = limited();

    private ConfigurationReader() {}

    private static Map<String, Series> limited() {
        Map<String, Series> byName = new HashMap<>();
        Stream.of(
                        Series.HEAP_USED,
                        Series.METASPACE,
                        Series.CLASSES,
                        Series.THREADS,
                        Series.DIRECT_BUFFERS,
                        Series.RSS_BEYOND_HEAP,
                        Series.NATIVE_MEMORY,
                        Series.OPEN_FILES)
                .forEach(series -> byName.put(series.name().replace(' ', '-'), series));
        return Map.copyOf(byName);
    }

    /// @param file what the text is called in messages
    static Configuration read(String file, String text) throws ConfigurationWrong {
        Optional<Node> root = compose(file, text);
        if (root.isEmpty()) {
            return Configuration.USUAL;
        }
        Section all = Section.of(
                file, "", root.get(), List.of("listen", "tokens", "watch", "store", "alerts", "incidents", "services"));
        Optional<Section> watch =
                all.section("watch", List.of("every", "pauses", "heap-dump", "heap-dump-directory", "only-services"));
        Optional<Section> store = all.section("store", List.of("url", "user", "password-file", "full", "coarse"));
        Optional<Section> alerts = all.section("alerts", List.of("after", "page", "routes"));
        Optional<Section> incidents =
                all.section("incidents", List.of("after", "settling", "effect", "gone-after", "budget"));
        return new Configuration(
                ListenReader.read(all),
                watch.isPresent() ? watching(watch.get()) : Configuration.USUAL.watching(),
                watch.isPresent()
                        && watch.get()
                                .value("only-services", ConfigurationReader::yesOrNo)
                                .orElse(false),
                services(all),
                store.isPresent() ? storing(store.get()) : Configuration.USUAL.storing(),
                alerts.isPresent() ? alerts(alerts.get()) : Configuration.USUAL.alerts(),
                incidents.isPresent() ? RemedyReader.pace(incidents.get()) : Configuration.USUAL.pace());
    }

    private static Optional<Node> compose(String file, String text) throws ConfigurationWrong {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigurationWrong(file + ":" + line + ": expected YAML, found " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new ConfigurationWrong(file + ":1: expected YAML, found " + e.getMessage(), e);
        }
    }

    private static InvestigationOptions watching(Section watch) throws ConfigurationWrong {
        InvestigationOptions usual = Configuration.USUAL.watching();
        return usual.readingEvery(
                        watch.value("every", ConfigurationReader::interval).orElse(usual.readEvery()))
                .pausing(watch.value("pauses", Quantities::share).orElse(usual.pauseShare()))
                .dumping(watch.value("heap-dump", ConfigurationReader::yesOrNo).orElse(usual.dump()))
                .dumpingTo(watch.value("heap-dump-directory", ConfigurationReader::directory)
                        .orElse(usual.dumpDirectory()));
    }

    private static Storing storing(Section store) throws ConfigurationWrong {
        Retention usual = Retention.USUAL;
        Optional<String> user = store.value("user", text -> text);
        Optional<String> password = store.value("password-file", ConfigurationReader::secret);
        Optional<StoreAddress> address = store.value("url", text -> new StoreAddress(text, user, password));
        Duration full = store.value("full", Quantities::duration).orElse(usual.full());
        Duration coarse = store.value("coarse", Quantities::duration).orElse(usual.coarse());
        try {
            return new Storing(address, new Retention(full, coarse));
        } catch (IllegalArgumentException e) {
            throw store.wrong("full", String.valueOf(e.getMessage()));
        }
    }

    private static Alerting.Options alerts(Section alerts) throws ConfigurationWrong {
        Alerting.Options usual = Alerting.Options.NONE;
        List<AlertRoute> routes = new ArrayList<>();
        for (Section one : alerts.sections("routes", List.of("kind", "url", "secret-file", "channel"))) {
            AlertRoute.Kind kind = one.required("kind", ConfigurationReader::kind);
            Optional<URI> url = one.value("url", ConfigurationReader::url);
            Optional<String> secret = one.value("secret-file", ConfigurationReader::secret);
            Optional<String> channel = one.value("channel", text -> text);
            try {
                routes.add(new AlertRoute(kind, url, secret, channel));
            } catch (IllegalArgumentException e) {
                throw one.wrong("kind", String.valueOf(e.getMessage()));
            }
        }
        return new Alerting.Options(
                alerts.value("after", Quantities::duration).orElse(usual.after()),
                alerts.value("page", ConfigurationReader::url),
                routes);
    }

    private static AlertRoute.Kind kind(String text) {
        return switch (text) {
            case "alertmanager" -> AlertRoute.Kind.ALERTMANAGER;
            case "pagerduty" -> AlertRoute.Kind.PAGERDUTY;
            case "slack" -> AlertRoute.Kind.SLACK;
            case "webhook" -> AlertRoute.Kind.WEBHOOK;
            default ->
                throw new IllegalArgumentException(
                        "expected alertmanager, pagerduty, slack or webhook, found '" + text + "'");
        };
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected an address such as https://HOST/, found another text", e);
        }
        throw new IllegalArgumentException("expected an address such as https://HOST/, found another text");
    }

    /// The first line of a file that only its owner may read.
    static String secret(String text) {
        Path file = Path.of(text);
        ownersAlone(file);
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a file that can be read, found " + file, e);
        }
    }

    static void ownersAlone(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
                throw new IllegalArgumentException(
                        "expected a file that only its owner may read, found " + file + " open to others");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a file that can be read, found " + file, e);
        }
    }

    private static List<ServiceRule> services(Section all) throws ConfigurationWrong {
        List<ServiceRule> services = new ArrayList<>();
        List<String> keys =
                new ArrayList<>(List.of("name", "process", "jmx", "redis", "prometheus", "heap-dump", "limits"));
        keys.addAll(RemedyReader.KEYS);
        for (Section one : all.sections("services", keys)) {
            String name = one.required("name", ConfigurationReader::name);
            ServiceRule service = new ServiceRule(
                    name,
                    one.value("process", ConfigurationReader::pattern),
                    one.value("heap-dump", ConfigurationReader::yesOrNo),
                    limits(one),
                    PlaceReader.places(name, one),
                    RemedyReader.charge(one));
            if (service.process().isEmpty() && service.places().isEmpty()) {
                throw one.wrong("", "expected process, jmx, redis or prometheus, found none of them");
            }
            if (services.stream().anyMatch(other -> other.name().equals(service.name()))) {
                throw one.wrong("name", "expected a name of its own, found '" + service.name() + "' a second time");
            }
            services.add(service);
        }
        return services;
    }

    private static Map<Series, Double> limits(Section service) throws ConfigurationWrong {
        Map<Series, Double> limits = new HashMap<>();
        Optional<Section> section =
                service.section("limits", LIMITED.keySet().stream().sorted().toList());
        if (section.isPresent()) {
            for (String key : section.get().keys()) {
                Series series = LIMITED.get(key);
                if (series != null) {
                    limits.put(series, section.get().required(key, text -> limit(series, text)));
                }
            }
        }
        return limits;
    }

    private static double limit(Series series, String text) {
        double limit = series.unit() == Unit.BYTES ? Quantities.bytes(text) : whole(text, 1, 1_000_000_000);
        if (limit <= 0) {
            throw new IllegalArgumentException("expected more than 0, found '" + text + "'");
        }
        return limit;
    }

    static String name(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "expected at most 100 letters, digits, dots, dashes and underscores, found '" + text + "'");
        }
        return text;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression, found " + e.getDescription() + " in '" + text + "'", e);
        }
    }

    private static Duration interval(String text) {
        Duration interval = Quantities.duration(text);
        if (interval.compareTo(FASTEST) < 0 || interval.compareTo(SLOWEST) > 0) {
            throw new IllegalArgumentException("expected 1s to 10m, found '" + text + "'");
        }
        return interval;
    }

    private static Path directory(String text) {
        Path directory = Path.of(text);
        if (!directory.isAbsolute() || !Files.isDirectory(directory)) {
            throw new IllegalArgumentException("expected an absolute path to a directory, found '" + text + "'");
        }
        return directory;
    }

    static boolean yesOrNo(String text) {
        return switch (text) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw new IllegalArgumentException("expected yes or no, found '" + text + "'");
        };
    }

    static long whole(String text, long least, long most) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wholeExpected(text, least, most), e);
        }
        throw new IllegalArgumentException(wholeExpected(text, least, most));
    }

    private static String wholeExpected(String text, long least, long most) {
        return "expected a whole number from " + least + " to " + most + ", found '" + text + "'";
    }
}
