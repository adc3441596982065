package io.staunch.shop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The releases as they were put together: what a release says is new in it is what differs in its jars.
final class ReleasesTest {
    @ParameterizedTest
    @CsvSource({
        "shop-api, 2.3.0, 2.3.1, commons-text 1.13.0 -> 1.13.1",
        "shop-api, 2.3.1, 2.4.0, session-store 2.3.0 -> 2.4.0",
        "shop-api, 2.4.0, 2.4.1, session-store 2.4.0 -> 2.4.1",
        "shop-api, 2.5.0, 2.5.1, availability 1.0.0 -> 1.0.1",
        "shop-api, 2.4.1, 2.6.0, shop-auth 1.2.0 -> 1.3.0",
        "shop-api, 2.6.0, 2.6.1, shop-auth 1.3.0 -> 1.3.1",
        "payment-gateway, 1.8.0, 1.9.0, payment-gateway 1.8.0 -> 1.9.0",
    })
    void onlyTheLibraryThatAReleaseNamesDiffersFromTheOneBefore(
            String service, String before, String after, String change) throws IOException {
        Set<String> removed = jars(service, before);
        removed.removeAll(jars(service, after));
        Set<String> added = jars(service, after);
        added.removeAll(jars(service, before));
        String artifact = change.substring(0, change.indexOf(' '));
        String from = change.substring(artifact.length() + 1, change.indexOf(" -> "));
        String to = change.substring(change.lastIndexOf(' ') + 1);
        assertThat(removed).containsExactly(artifact + "-" + from + ".jar");
        assertThat(added).containsExactly(artifact + "-" + to + ".jar");
        assertThat(properties(service, after)).containsEntry("version", after).containsEntry("service", service);
        assertThat(properties(service, after).getProperty("changes")).endsWith(change);
    }

    private static Set<String> jars(String service, String version) throws IOException {
        try (Stream<Path> jars = Files.list(release(service, version).resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Properties properties(String service, String version) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release(service, version).resolve("release.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    private static Path release(String service, String version) {
        return RunningShop.HOME.resolve("releases").resolve(service).resolve(version);
    }
}
