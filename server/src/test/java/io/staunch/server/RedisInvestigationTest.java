package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.RedisProbe;
import io.staunch.collect.Target;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/// A real Redis server as the subject; each test takes as long as it watches.
@Tag("slow")
@Timeout(180)
class RedisInvestigationTest {
    private static final Duration WATCH = Duration.ofSeconds(24);

    private final AtomicBoolean over = new AtomicBoolean();
    private int port;
    private RedisServer server;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").build();
        server.start();
    }

    @AfterEach
    void end() throws IOException {
        over.set(true);
        server.stop();
    }

    private URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    @Test
    void keysWithoutAnExpiryAreNamedByAUserThatMayOnlyRead() throws Exception {
        try (Jedis admin = new Jedis(uri())) {
            admin.aclSetUser(
                    "looker",
                    "on",
                    ">lookonly",
                    "~*",
                    "+@read",
                    "+info",
                    "+scan",
                    "+dbsize",
                    "+memory|usage",
                    "+memory|stats",
                    "+client|list");
        }
        Thread.ofVirtual().start(this::write);
        try (RedisProbe probe = RedisProbe.connect(URI.create("redis://looker:lookonly@127.0.0.1:" + port));
                Investigation investigation =
                        Investigation.startFor(probe, InvestigationOptions.asked(false), WATCH, progress -> {})) {
            Outcome outcome = investigation.await();
            Verdict verdict = outcome.diagnosis().overall().verdict();
            assertThat(outcome.diagnosis().overall().series()).isEqualTo(Series.REDIS_USED_MEMORY);
            assertThat(verdict).as(verdict.why()).isInstanceOf(Verdict.Leaking.class);
            Culprit culprit = outcome.diagnosis().culprit().orElseThrow();
            assertThat(culprit.lead().orElseThrow().type()).isEqualTo("keys cart:*");
            assertThat(culprit.holder().getLast()).isEqualTo("keys cart:*, 100 % of them without an expiry");
            assertThat(outcome.target().kind()).isEqualTo(Target.Kind.REDIS);
            assertThat(OutcomeForm.of(outcome).toString())
                    .doesNotContain("lookonly")
                    .doesNotContain("milk");
        }
    }

    private void write() {
        try (Jedis client = new Jedis(uri())) {
            for (int i = 0; !over.get() && i < 200_000; i++) {
                client.set("cart:" + i, "milk".repeat(200));
                if (i % 20 == 0) {
                    Thread.sleep(20);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWatchFindsItByItsProcessAndPort() throws Exception {
        WatchPlan plan = target -> target.instance().equals("127.0.0.1:" + port)
                ? Optional.of(new WatchPlan.Course("carts", InvestigationOptions.watching(false)))
                : Optional.empty();
        try (Watch watch = Watch.start(plan, Archive.NONE, new ReleaseBook(), event -> {})) {
            List<WatchedTarget> seen = List.of();
            Instant deadline = Instant.now().plusSeconds(90);
            while (seen.stream().allMatch(target -> target.outcome().isEmpty())
                    && Instant.now().isBefore(deadline)) {
                Thread.sleep(100);
                seen = watch.targets();
            }
            assertThat(seen).singleElement().satisfies(target -> {
                assertThat(target.outcome()).isPresent();
                assertThat(target.service()).isEqualTo("carts");
                assertThat(target.id()).startsWith("redis-");
                assertThat(target.target().processId()).isPresent();
            });
        }
    }
}
