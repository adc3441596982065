package io.staunch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.collect.Collector;
import io.staunch.collect.JmxAddress;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import io.staunch.detect.Series;
import io.staunch.server.Place;
import io.staunch.server.alert.AlertRoute;
import io.staunch.server.alert.Alerting;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import io.staunch.server.web.Limits;
import io.staunch.server.web.Tokens;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    private static final String WHOLE = """
            listen:
              port: 9000
              page: no
              requests: 20
              requests-in-all: 60
              listeners: 10
            watch:
              every: 15s
              pauses: 1%
              only-services: yes
            store:
              url: jdbc:postgresql://db.example/staunch
              user: anna
              full: 1d
              coarse: 30d
            alerts:
              after: 1m
              page: https://staunch.example/
              routes:
                - kind: alertmanager
                  url: http://alertmanager.example:9093
            services:
              - name: shop-api
                process: 'shop-api.*[.]jar'
                heap-dump: yes
                limits:
                  heap-used: 512MiB
                  threads: 400
              - name: auth
                process: '/srv/auth/'
            """;

    @Test
    void everyKeyIsObeyed() throws Exception {
        Configuration read = ConfigurationReader.read("staunch.yaml", WHOLE);
        assertThat(read.listen())
                .isEqualTo(new Configuration.Listen(
                        InetAddress.getLoopbackAddress(),
                        Optional.of(9000),
                        false,
                        Tokens.NONE,
                        Optional.empty(),
                        new Limits(
                                20,
                                60,
                                10,
                                Limits.USUAL.connections(),
                                Limits.USUAL.request(),
                                Limits.USUAL.answer())));
        assertThat(read.watching().readEvery()).isEqualTo(Duration.ofSeconds(15));
        assertThat(read.watching().pauseShare()).isEqualTo(0.01);
        assertThat(read.storing().retention()).isEqualTo(new Retention(Duration.ofDays(1), Duration.ofDays(30)));
        assertThat(read.storing().address())
                .hasValue(new StoreAddress(
                        "jdbc:postgresql://db.example/staunch", Optional.of("anna"), Optional.empty()));
        assertThat(read.alerts())
                .isEqualTo(new Alerting.Options(
                        Duration.ofMinutes(1),
                        Optional.of(URI.create("https://staunch.example/")),
                        List.of(new AlertRoute(
                                AlertRoute.Kind.ALERTMANAGER,
                                Optional.of(URI.create("http://alertmanager.example:9093")),
                                Optional.empty(),
                                Optional.empty()))));
        var shop = read.courseFor(jvm("shop-api-2.3.jar", "/opt/shop/app.jar")).orElseThrow();
        assertThat(shop.service()).isEqualTo("shop-api");
        assertThat(shop.options().dump()).isTrue();
        assertThat(shop.options().limits())
                .containsEntry(Series.HEAP_USED, 512.0 * 1024 * 1024)
                .containsEntry(Series.THREADS, 400.0);
        var auth =
                read.courseFor(jvm("com.shop.Auth", "/srv/auth/lib/auth.jar")).orElseThrow();
        assertThat(auth.service()).isEqualTo("auth");
        assertThat(auth.options().dump()).isFalse();
        assertThat(read.courseFor(jvm("other.jar", "/opt/other.jar"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n"})
    void anEmptyFileIsTheUsualConfiguration(String text) throws Exception {
        assertThat(ConfigurationReader.read("staunch.yaml", text)).isEqualTo(Configuration.USUAL);
    }

    @Test
    void whatBelongsToNoServiceIsWatchedUnderItsOwnName() throws Exception {
        Configuration read = ConfigurationReader.read("staunch.yaml", "services: [{name: a, process: nothing}]");
        assertThat(read.courseFor(jvm("other.jar", "/opt/other.jar"))
                        .orElseThrow()
                        .service())
                .isEqualTo("other.jar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "servises: []                            | f:1: configuration: unknown key 'servises'; the nearest valid one is 'services'",
                "watch:\\n  evry: 5s                     | f:2: watch: unknown key 'evry'; the nearest valid one is 'every'",
                "watch:\\n  every: 5 apples              | f:2: watch.every: expected a duration such as 90s, 10m, 6h or PT90S, found '5 apples'",
                "watch:\\n  every: 1ms                   | f:2: watch.every: expected 1s to 10m, found '1ms'",
                "watch:\\n  pauses: 300%                 | f:2: watch.pauses: expected a share such as 2% or 0.02, more than 0 and at most 1, found '300%'",
                "watch:\\n  every:                       | f:2: watch.every: expected one value, found nothing",
                "watch: 5s                               | f:1: watch: expected keys with values, found '5s'",
                "watch:\\n  heap-dump-directory: /no/such | f:2: watch.heap-dump-directory: expected an absolute path to a directory, found '/no/such'",
                "listen:\\n  port: 70000                 | f:2: listen.port: expected a whole number from 0 to 65535, found '70000'",
                "listen:\\n  page: maybe                 | f:2: listen.page: expected yes or no, found 'maybe'",
                "listen: {address: 0.0.0.0}              | f:1: listen.address: expected tokens for an address that others can reach, found none",
                "listen: {address: example.org}          | f:1: listen.address: expected an IP address such as 127.0.0.1 or 0.0.0.0, found 'example.org'",
                "listen: {requests: 0}                   | f:1: listen.requests: expected a whole number from 1 to 100000, found '0'",
                "listen: {tls: {}}                       | f:1: listen.tls: expected either certificate and key, or pkcs12 and password-file",
                "listen: {tls: {key: /a, pkcs12: /b}}    | f:1: listen.tls: expected either certificate and key, or pkcs12 and password-file",
                "listen: {tls: {key: /no/such}}          | f:1: listen.tls: the key 'certificate' is missing",
                "listen: {tls: {certificate: /no/such, key: /no/such}} | f:1: listen.tls.key: expected a file that can be read, found /no/such",
                "tokens: [{name: a, right: all, file: /x}] | f:1: tokens[0].right: expected read, act or admin, found 'all'",
                "listen: {port: 1, port: 2}              | f:1: listen: the key 'port' is there twice",
                "store: {url: mysql}                     | f:1: store.url: expected jdbc:sqlite:/FILE or jdbc:postgresql://HOST/DATABASE, found another address",
                "store: {full: 1m}                       | f:1: store.full: expected at least 10m of full samples and no less of coarse ones, found PT1M and PT2160H",
                "store: {password-file: /no/such}        | f:1: store.password-file: expected a file that can be read, found /no/such",
                "alerts: {routes: [{kind: pager}]}       | f:1: alerts.routes[0].kind: expected alertmanager, pagerduty, slack or webhook, found 'pager'",
                "alerts: {routes: [{kind: webhook}]}     | f:1: alerts.routes[0].kind: expected a url, found none",
                "alerts: {routes: [{kind: webhook, url: x}]} | f:1: alerts.routes[0].url: expected an address such as https://HOST/, found another text",
                "alerts: {routes: [{kind: slack}]}       | f:1: alerts.routes[0].kind: expected a secret-file, found none",
                "services: shop                          | f:1: services: expected a list, found 'shop'",
                "services:\\n  - name: a                 | f:2: services[0]: expected process, jmx, redis or prometheus, found none of them",
                "services:\\n  - name: a b\\n    process: x | f:2: services[0].name: expected at most 100 letters, digits, dots, dashes and underscores, found 'a b'",
                "services:\\n  - name: a\\n    process: '[' | f:3: services[0].process: expected a regular expression, found Unclosed character class in '['",
                "services: [{name: a, process: x}, {name: a, process: y}] | f:1: services[1].name: expected a name of its own, found 'a' a second time",
                "services: [{name: a, process: x, limits: {heap: 1}}] | f:1: services[0].limits: unknown key 'heap'; the nearest valid one is 'heap-used'",
                "services: [{name: a, process: x, limits: {threads: many}}] | f:1: services[0].limits.threads: expected a whole number from 1 to 1000000000, found 'many'",
                "services: [{name: a, process: x, limits: {metaspace: 1 parrot}}] | f:1: services[0].limits.metaspace: expected a size such as 512MiB or 2GB, found '1 parrot'",
            })
    void whatIsWrongIsOneLineWithItsPlace(String text, String said) {
        assertThatThrownBy(() -> ConfigurationReader.read("f", text.replace("\\n", "\n")))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessage(said);
    }

    @Test
    void whatIsNoYamlSaysWhere() {
        assertThatThrownBy(() -> ConfigurationReader.read("f", "watch:\n  every: [\n"))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessageStartingWith("f:3: expected YAML, found ")
                .hasMessageNotContaining("\n");
    }

    private static JvmInfo jvm(String name, String classPath) {
        return new JvmInfo(
                1,
                name,
                "25",
                "HotSpot",
                Collector.G1,
                "shop",
                Optional.empty(),
                Instant.EPOCH,
                List.of(classPath),
                JvmInfo.Way.JMX);
    }

    @Test
    void aServiceMayBeFoundElsewhereThanOnThisHost(@TempDir Path directory) throws Exception {
        Path secret = directory.resolve("secret");
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "p@ss word\n");
        Configuration read = ConfigurationReader.read("s.yaml", """
                services:
                  - name: shop
                    prometheus: {url: "https://metrics.example/select", selector: 'job="shop"', history: 6h}
                  - name: far
                    jmx:
                      - {address: "far-1.example:9010", user: monitor, password-file: SECRET}
                  - name: cart
                    redis: [{url: "redis://cart.example:6379", user: staunch, password-file: SECRET}]
                """.replace("SECRET", secret.toString()));
        assertThat(read.places())
                .containsExactly(
                        new Place.Metrics(
                                "shop",
                                PrometheusServer.of("https://metrics.example/select", Optional.empty()),
                                new MetricsQuery("shop", Optional.of("job=\"shop\""), Duration.ofHours(6))),
                        new Place.Jmx(
                                "far",
                                JmxAddress.of(
                                        "far-1.example:9010", Optional.of("monitor"), Optional.of("p@ss word"), false)),
                        new Place.Redis("cart", URI.create("redis://staunch:p%40ss%20word@cart.example:6379")));
        assertThat(read.places().toString()).doesNotContain("ss word").doesNotContain("ss%20word");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jmx: [{address: "nowhere"}]          | s.yaml:2: services[0].jmx[0].address: expected HOST:PORT, found 'nowhere'
            jmx: [{adress: "a:1"}]               | s.yaml:2: services[0].jmx[0]: unknown key 'adress'; the nearest valid one is 'address'
            redis: [{url: "http://a:1"}]         | s.yaml:2: services[0].redis[0].url: expected redis://HOST:PORT or rediss://HOST:PORT without a password, found another text
            prometheus: {url: "ftp://a"}         | s.yaml:2: services[0].prometheus.url: expected http://HOST:PORT or https://HOST:PORT, found another text
            prometheus: {url: "http://a", history: 90d} | s.yaml:2: services[0].prometheus.history: expected a history of at most 30d, found PT2160H
            heap-dump: no                        | s.yaml:2: services[0]: expected process, jmx, redis or prometheus, found none of them
            """)
    void aPlaceThatIsNoneIsOneErrorWithItsLine(String line, String message) {
        assertThatThrownBy(() -> ConfigurationReader.read("s.yaml", "services:\n  - {name: a, " + line + "}\n"))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessage(message);
    }
}
