package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import io.staunch.server.config.Configuration;
import io.staunch.server.response.Duty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ActsApiTest {
    @TempDir
    Path directory;

    private Duty duty;
    private ActsApi api;

    @BeforeEach
    void open() throws Exception {
        duty = Duty.open(
                Configuration.USUAL,
                Configuration.USUAL,
                new StateDirectory(directory),
                new ReleaseBook(),
                (at, service, sentence) -> {});
        api = new ActsApi(new Shown() {
            @Override
            public List<WatchedTarget> targets() {
                return List.of();
            }

            @Override
            public Optional<Duty> duty() {
                return Optional.of(duty);
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        duty.close();
    }

    @Test
    void aCallSwitchesAllActsOffAndBothCallsAreInTheAuditLog() throws Exception {
        assertThat(killSwitch("GET").get("thrown").asBoolean()).isFalse();
        JsonNode off = killSwitch("POST");
        assertThat(off.get("thrown").asBoolean()).isTrue();
        assertThat(off.get("by").asString()).isEqualTo("API, jo");
        assertThat(duty.killSwitch().thrown()).contains("API, jo");
        assertThat(killSwitch("DELETE").get("thrown").asBoolean()).isFalse();
        try (AuditLog audit = AuditLog.open(directory.resolve("audit.jsonl"), InstantSource.system())) {
            assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("kill-switch", "kill-switch");
            assertThat(audit.lines()).extracting(AuditLine::who).containsOnly("API, jo");
        }
    }

    @Test
    void aCallTakesNoFileOfOthersAway() throws Exception {
        Files.createFile(directory.resolve("stop"));
        assertThat(killSwitch("DELETE").get("thrown").asBoolean()).isTrue();
    }

    @Test
    void whoMayReadMayNotActAndWhoMayActMayNotThrowTheSwitch() {
        assertThat(ActsApi.needed("GET", "/api/v1/kill-switch")).isEqualTo(Right.READ);
        assertThat(ActsApi.needed("POST", "/api/v1/kill-switch")).isEqualTo(Right.ADMIN);
        assertThat(ActsApi.needed("DELETE", "/api/v1/kill-switch")).isEqualTo(Right.ADMIN);
        assertThat(ActsApi.needed("POST", "/api/v1/incidents/20260301-shop-1/acts"))
                .isEqualTo(Right.ACT);
        assertThat(ActsApi.needed("GET", "/api/v1/acts")).isEqualTo(Right.READ);
    }

    @Test
    void nobodyAgreesToAnActOfAnIncidentThatIsNotOpen() {
        Response answer = api.answer(request("POST", "/api/v1/incidents/none/acts", "{\"act\": \"restart\"}"));
        assertThat(answer.status()).isEqualTo(404);
    }

    private JsonNode killSwitch(String method) {
        return new JsonMapper()
                .readTree(api.answer(request(method, "/api/v1/kill-switch", "")).body());
    }

    private static Request request(String method, String path, String body) {
        return new Request(method, path, Map.of(), body, "API, jo");
    }
}
