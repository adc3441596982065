package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.staunch.detect.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import redis.embedded.RedisServer;

/// Against a real server.
@Tag("slow")
@Timeout(60)
class RedisProbeTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RedisServer start(int port, String... settings) throws IOException {
        var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1");
        for (String setting : settings) {
            builder.setting(setting);
        }
        RedisServer server = builder.build();
        server.start();
        return server;
    }

    private static URI uri(int port) {
        return URI.create("redis://127.0.0.1:" + port);
    }

    private static double value(List<Reading> readings, Series series) {
        return readings.stream()
                .filter(reading -> reading.series().equals(series))
                .mapToDouble(reading -> reading.sample().value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void usedMemoryGrowsByWhatIsStoredAndKeysWithoutExpiryAreCounted() throws Exception {
        int port = freePort();
        RedisServer server = start(port, "maxmemory 64mb");
        try (RedisProbe probe = RedisProbe.connect(uri(port));
                Jedis client = new Jedis(uri(port))) {
            List<Reading> before = probe.read();
            for (int i = 0; i < 1_000; i++) {
                client.set("cart:" + i, "x".repeat(10_000));
            }
            client.set("session:1", "x", SetParams.setParams().ex(100));
            List<Reading> after = probe.read();
            assertThat(value(after, Series.REDIS_USED_MEMORY) - value(before, Series.REDIS_USED_MEMORY))
                    .isBetween(10e6, 13e6);
            assertThat(value(after, RedisInfo.KEYS)).isEqualTo(1001);
            assertThat(value(after, RedisInfo.KEYS_WITHOUT_EXPIRY)).isEqualTo(1000);
            assertThat(after)
                    .filteredOn(reading -> reading.series().equals(Series.REDIS_USED_MEMORY))
                    .singleElement()
                    .satisfies(reading -> assertThat(reading.limit()).hasValue(64 << 20));
            assertThat(probe.version()).startsWith("6.");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerThatWantsAPasswordIsDenied() throws Exception {
        int port = freePort();
        RedisServer server = start(port, "requirepass s3cret");
        try {
            ConnectFailed failed = catchThrowableOfType(ConnectFailed.class, () -> RedisProbe.connect(uri(port)));
            assertThat(failed.kind()).isEqualTo(ConnectFailed.Kind.DENIED);
            URI wrong = URI.create("redis://:wr0ng@127.0.0.1:" + port);
            ConnectFailed wrongFailed = catchThrowableOfType(ConnectFailed.class, () -> RedisProbe.connect(wrong));
            assertThat(wrongFailed.kind()).isEqualTo(ConnectFailed.Kind.DENIED);
            assertThat(wrongFailed.getMessage()).doesNotContain("wr0ng").doesNotContain("\n");
            try (RedisProbe probe = RedisProbe.connect(URI.create("redis://:s3cret@127.0.0.1:" + port))) {
                assertThat(probe.read()).isNotEmpty();
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void nothingAtTheAddressIsUnreachable() throws Exception {
        int port = freePort();
        ConnectFailed failed = catchThrowableOfType(ConnectFailed.class, () -> RedisProbe.connect(uri(port)));
        assertThat(failed.kind()).isEqualTo(ConnectFailed.Kind.UNREACHABLE);
        assertThat(failed.getMessage()).contains("expected").contains("found").doesNotContain("\n");
    }

    @Test
    void aServerThatEndsIsGone() throws Exception {
        int port = freePort();
        RedisServer server = start(port);
        try (RedisProbe probe = RedisProbe.connect(uri(port))) {
            probe.read();
            server.stop();
            TargetGone gone = catchThrowableOfType(TargetGone.class, probe::read);
            assertThat(gone.kind()).isEqualTo(TargetGone.Kind.DIED);
        }
    }

    @Test
    void theSurveyOfTheHostFindsItsAddress() throws Exception {
        int port = freePort();
        RedisServer server = start(port);
        try {
            assertThat(Host.survey())
                    .filteredOn(target -> target instanceof HostTarget.Redis redis
                            && redis.addresses().equals(List.of("127.0.0.1:" + port)))
                    .hasSize(1);
        } finally {
            server.stop();
        }
    }
}
