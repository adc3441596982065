package io.staunch.cli.check;

import io.staunch.cli.Unreadable;
import io.staunch.collect.AttachFailed;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.JmxAddress;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.Probe;
import io.staunch.collect.ProcessProbe;
import io.staunch.collect.PrometheusServer;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.RemoteJvmProbe;
import io.staunch.collect.TargetGone;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Which target somebody asked for, exactly one.
final class Asked {
    private static final String JMX_USER = "STAUNCH_JMX_USER";
    private static final String JMX_PASSWORD = "STAUNCH_JMX_PASSWORD";
    private static final String JMX_TLS = "STAUNCH_JMX_REGISTRY_TLS";
    private static final String PROMETHEUS_TOKEN = "STAUNCH_PROMETHEUS_TOKEN";
    private static final String REDIS_PASSWORD = "STAUNCH_REDIS_PASSWORD";

    @Option(
            names = "--pid",
            required = true,
            paramLabel = "PID",
            description = "a process of this host; of a JVM most is seen")
    private @Nullable Long pid;

    @Option(
            names = "--jmx",
            required = true,
            paramLabel = "HOST:PORT",
            description = "a JVM of any host by its JMX port; as the user of " + JMX_USER + " with the password of "
                    + JMX_PASSWORD + ", if it wants one")
    private @Nullable String jmx;

    @Option(
            names = "--redis",
            required = true,
            paramLabel = "URI",
            description =
                    "a Redis server: redis://[user[:password]@]host:port, rediss: over TLS; without a password in it"
                            + " that of " + REDIS_PASSWORD + " is used")
    private @Nullable String redis;

    @ArgGroup(exclusive = false)
    private @Nullable Metrics metrics;

    /// A service by its series in a metrics server.
    static final class Metrics {
        @Option(
                names = "--prometheus",
                required = true,
                paramLabel = "URL",
                description =
                        "a server that answers PromQL, with the history of a service; https://user:password@host/ or"
                                + " the token of " + PROMETHEUS_TOKEN)
        private String url = "";

        @Option(
                names = "--service",
                required = true,
                paramLabel = "NAME",
                description = "the value of the label job, service, application, app, service_name or exported_job")
        private String service = "";

        @Option(
                names = "--selector",
                paramLabel = "MATCHERS",
                description = "which series belong to the service, instead: 'job=\"shop\",env=\"prod\"'")
        private Optional<String> selector = Optional.empty();

        MetricsFeed feed(Map<String, String> environment, Duration history) throws Unreadable {
            try {
                return MetricsFeed.of(
                        PrometheusServer.of(url, Optional.ofNullable(environment.get(PROMETHEUS_TOKEN))),
                        new MetricsQuery(service, selector, history));
            } catch (IllegalArgumentException e) {
                throw new Unreadable("--prometheus: " + e.getMessage(), e);
            }
        }
    }

    /// If it is a service by its series.
    Optional<Metrics> metrics() {
        return Optional.ofNullable(metrics);
    }

    /// @param note takes what is left out, a sentence each
    Probe open(Map<String, String> environment, Consumer<String> note) throws Unreadable {
        try {
            if (pid != null) {
                return process(pid, note);
            }
            if (jmx != null) {
                return RemoteJvmProbe.connect(jmx(jmx, environment));
            }
            if (redis != null) {
                return RedisProbe.connect(redis(redis, Optional.ofNullable(environment.get(REDIS_PASSWORD))));
            }
        } catch (AttachFailed | ConnectFailed | TargetGone e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        }
        throw new IllegalStateException("expected a target, found none");
    }

    /// A JVM that can't be attached to, and what is none, is watched from outside.
    private static Probe process(long pid, Consumer<String> note) throws AttachFailed, TargetGone {
        try {
            return JvmProbe.attach(pid);
        } catch (AttachFailed e) {
            return switch (e.kind()) {
                case NO_SUCH_PROCESS, TIMED_OUT, DIED -> throw e;
                case NOT_A_JVM, OTHER_USER, ATTACH_DISABLED -> {
                    note.accept("what piles up in it: " + e.getMessage());
                    yield ProcessProbe.of(pid);
                }
            };
        }
    }

    private static JmxAddress jmx(String text, Map<String, String> environment) throws Unreadable {
        try {
            return JmxAddress.of(
                    text,
                    Optional.ofNullable(environment.get(JMX_USER)),
                    Optional.ofNullable(environment.get(JMX_PASSWORD)),
                    environment.getOrDefault(JMX_TLS, "no").equals("yes"));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("--jmx: " + e.getMessage(), e);
        }
    }

    private static URI redis(String text, Optional<String> password) throws Unreadable {
        URI uri = uri(text);
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || !(scheme.equals("redis") || scheme.equals("rediss"))) {
            throw new Unreadable("--redis: expected redis://HOST:PORT or rediss://HOST:PORT, found another text");
        }
        String user = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        if (password.isEmpty() || user.contains(":")) {
            return uri;
        }
        String secret =
                URLEncoder.encode(password.get(), StandardCharsets.UTF_8).replace("+", "%20");
        String database = Optional.ofNullable(uri.getRawPath()).orElse("");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(scheme + "://" + user + ":" + secret + "@" + uri.getHost() + port + database);
    }

    private static URI uri(String text) throws Unreadable {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // Its message would show the text, password and all.
            throw new Unreadable("--redis: expected redis://HOST:PORT or rediss://HOST:PORT, found no URI");
        }
    }
}
