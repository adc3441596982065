package io.staunch.shop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.shop.endtoend.RunningShop.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The shop behind its load balancer.
@Tag("slow")
final class BalancedShopTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temp = Path.of("");

    private RunningShop shop = new RunningShop(Path.of(""));

    @AfterEach
    void stop() throws IOException, InterruptedException {
        Answer _ = shop.shop("stop");
        assertThat(shop.processes()).isEmpty();
    }

    @Test
    void scalingAndDeployingBehindTheBalancerLeavesNoGap()
            throws IOException, InterruptedException, ExecutionException {
        shop = new RunningShop(temp.resolve("shop"));
        Answer started = shop.shop("start", "--balanced", "--longest-life=5m");
        assertThat(started.exitCode()).as(started.error()).isZero();
        try (ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> load = background.submit(() -> shop.shop("load", "--rate=15", "--for=40s", "--think=200ms"));
            Answer scaled = shop.shop("scale", "2");
            assertThat(instances(scaled.json())).containsExactly("shop-api-1 2.3.0", "shop-api-2 2.3.0");
            Answer deployed = shop.shop("deploy", "2.3.1");
            assertThat(instances(deployed.json())).containsExactly("shop-api-3 2.3.1", "shop-api-4 2.3.1");
            Answer fewer = shop.shop("scale", "1");
            assertThat(instances(fewer.json())).containsExactly("shop-api-4 2.3.1");
            JsonNode summary =
                    load.get().out().lines().map(JSON::readTree).toList().getLast();
            assertThat(summary.get("checkoutsCompleted").asLong()).isPositive();
            assertThat(summary.get("errors").asLong())
                    .isLessThanOrEqualTo(summary.get("requests").asLong() / 500);
        }
        assertThat(shop.events().stream().map(event -> event.get("kind").asString()))
                .containsExactly("start", "start", "start", "scale", "deploy", "scale");
        assertThat(shop.events().get(3).get("description").asString()).isEqualTo("1 -> 2 instances");
    }

    private static List<String> instances(JsonNode status) {
        List<String> instances = new ArrayList<>();
        for (JsonNode service : status.get("services")) {
            if (service.get("name").asString().equals("shop-api")) {
                assertThat(service.get("healthy").asBoolean()).isTrue();
                instances.add(service.get("instance").asString() + " "
                        + service.get("release").asString());
            }
        }
        return instances;
    }
}
