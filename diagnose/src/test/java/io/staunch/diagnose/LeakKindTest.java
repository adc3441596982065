package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeakKindTest {
    @Test
    void theAddressesOfThePlaybookDoNotChange() {
        assertThat(Arrays.stream(LeakKind.values()).map(LeakKind::slug))
                .containsExactly(
                        "sessions",
                        "connections",
                        "statements",
                        "cache",
                        "thread-locals",
                        "class-loaders",
                        "threads",
                        "listeners",
                        "timers",
                        "delete-on-exit",
                        "direct-memory",
                        "native-memory",
                        "metaspace",
                        "redis-keys",
                        "collection");
    }

    @Test
    void sessionsThatPileUpAreSessionsWhateverSeriesShowsIt() {
        assertThat(LeakKind.of(
                        Optional.of(culprit(Shape.SESSIONS, "com.acme.Visit", Optional.empty())), Series.LIVE_SET))
                .isEqualTo(LeakKind.SESSIONS);
    }

    @Test
    void keysOfARedisAreNoCacheInTheHeap() {
        assertThat(LeakKind.of(
                        Optional.of(culprit(Shape.CACHE, "keys cart:*", Optional.of("pkg:generic/redis@6.2.11"))),
                        Series.REDIS_USED_MEMORY))
                .isEqualTo(LeakKind.REDIS_KEYS);
        assertThat(LeakKind.of(
                        Optional.of(culprit(Shape.CACHE, "com.acme.Entry", Optional.of("pkg:maven/a/b@1"))),
                        Series.LIVE_SET))
                .isEqualTo(LeakKind.CACHE);
    }

    @Test
    void classesWithoutALoaderThatPilesUpAreMetaspace() {
        assertThat(LeakKind.of(
                        Optional.of(culprit(Shape.CLASSES, "java.lang.Class", Optional.empty())), Series.CLASSES))
                .isEqualTo(LeakKind.METASPACE);
        assertThat(LeakKind.of(
                        Optional.of(culprit(Shape.CLASSES, "com.acme.PluginClassLoader", Optional.empty())),
                        Series.CLASSES))
                .isEqualTo(LeakKind.CLASS_LOADERS);
    }

    @Test
    void withoutACulpritTheSeriesTellsAndTheHeapAloneTellsNothing() {
        assertThat(LeakKind.of(Optional.empty(), Series.CONNECTIONS_IN_USE.of("pool-1")))
                .isEqualTo(LeakKind.CONNECTIONS);
        assertThat(LeakKind.of(Optional.empty(), Series.RSS_BEYOND_HEAP)).isEqualTo(LeakKind.NATIVE_MEMORY);
        assertThat(LeakKind.of(Optional.empty(), Series.LIVE_SET)).isEqualTo(LeakKind.COLLECTION);
    }

    private static Culprit culprit(Shape shape, String type, Optional<String> library) {
        return new Culprit(
                shape,
                List.of(new Accumulation(type, 100, 1000)),
                List.of(),
                List.of(),
                library,
                Optional.empty(),
                Optional.empty());
    }
}
