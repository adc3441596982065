package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.staunch.collect.RedisSurvey.KeyGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import redis.embedded.RedisServer;

/// Against a real server, as a user who may only look.
@Tag("slow")
@Timeout(60)
class RedisSurveyTest {
    private RedisServer server;
    private int port;

    @BeforeEach
    void aServerWithCartsThatStayAndPagesThatExpire() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("maxmemory 64mb")
                .setting("user watcher on >look +@read +info +scan +dbsize +memory|usage +memory|stats ~*")
                .build();
        server.start();
        try (Jedis client = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < 3_000; i++) {
                client.set("cart:" + Integer.toHexString(i * 7919) + ".shop-1", "x".repeat(500));
            }
            for (int i = 0; i < 1_000; i++) {
                client.set(
                        "page:books:" + i,
                        "y".repeat(100),
                        SetParams.setParams().ex(500));
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
    }

    @Test
    void aSampleTellsHowTheKeysAreSharedAndWhichOfThemExpire() throws Exception {
        try (RedisProbe probe = RedisProbe.connect(URI.create("redis://watcher:look@127.0.0.1:" + port))) {
            RedisSurvey survey = probe.survey(1_000);
            assertThat(survey.keys()).isEqualTo(4_000);
            assertThat(survey.sampled()).isBetween(900L, 1_300L);
            assertThat(survey.groups()).extracting(KeyGroup::pattern).containsExactly("cart:*", "page:*:*");
            KeyGroup carts = survey.groups().getFirst();
            assertThat(carts.keys()).isCloseTo(3_000, within(400L));
            assertThat(carts.expiryShare()).isZero();
            assertThat((double) carts.bytes() / carts.keys()).isBetween(550.0, 700.0);
            assertThat(survey.groups().getLast().expiryShare()).isEqualTo(1);
        }
    }

    @Test
    void whatThisUserMayNotAskIsMissingAndTheRestIsThere() throws Exception {
        try (RedisProbe probe = RedisProbe.connect(URI.create("redis://watcher:look@127.0.0.1:" + port))) {
            RedisSurvey survey = probe.survey(100);
            assertThat(survey.policy()).isEqualTo("noeviction");
            assertThat(survey.makesRoom()).isFalse();
            assertThat(survey.limit()).isEqualTo(64L << 20);
            assertThat(survey.parts())
                    .containsKeys("scripts", "replication backlog", "fragmentation", "overhead of keys and clients")
                    .doesNotContainKey("client output buffers");
        }
    }

    @Test
    void theNextSampleGoesOnWhereTheLastOneStopped() throws Exception {
        try (RedisProbe probe = RedisProbe.connect(URI.create("redis://127.0.0.1:" + port))) {
            long seen = 0;
            for (int i = 0; i < 4; i++) {
                seen += probe.survey(1_000).sampled();
            }
            assertThat(seen).isBetween(3_600L, 5_000L);
            assertThat(probe.survey(100).parts()).containsKey("client output buffers");
        }
    }
}
