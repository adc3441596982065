package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.Postmortem;
import io.staunch.incident.Tone;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API says of recorded incidents.
class IncidentsTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Incident ended = Recordings.whole("payments");
    private final Incident open =
            Recordings.asOf(Recordings.whole("sessions"), Recordings.named(Recordings.whole("sessions")));
    private IncidentStore store;
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        store = new IncidentStore(directory);
        stage = Stage.of(directory, List.of(), List.of(open, ended));
    }

    @AfterEach
    void stop() {
        stage.close();
        client.close();
    }

    @Test
    void thoseThatAreOpenComeFirstEachWithWhatItIsInOneSentence() throws Exception {
        JsonNode list = json(get("api/v1/incidents")).get("incidents");
        assertThat(list).hasSize(2);
        assertThat(list.get(0).get("status").asString()).isEqualTo("open");
        assertThat(list.get(0).get("sentence").asString())
                .isEqualTo(
                        "shop-api leaks: CartSession piles up in SessionStore.sessions, owned by session-store 2.4.0, "
                                + "since release 2.4.0.");
        assertThat(list.get(1).get("status").asString()).isEqualTo("recovered");
        assertThat(list.get(1).get("playbook").asString()).isNotBlank();
    }

    @Test
    void anIncidentHasItsBoardItsTimelineAndItsSeries() throws Exception {
        JsonNode incident = json(get("api/v1/incidents/" + ended.id()));
        assertThat(incident.get("suspects")).hasSameSizeAs(ended.suspects());
        assertThat(incident.get("timeline")).hasSameSizeAs(ended.timeline());
        assertThat(incident.get("history").get(0).get("series").asString())
                .isEqualTo(ended.growth().series().name());
        assertThat(incident.get("history").get(0).get("points"))
                .hasSameSizeAs(ended.courses().getFirst().values());
    }

    @Test
    void thePostmortemIsServedInEachForm() throws Exception {
        String at = "api/v1/incidents/" + ended.id() + "/postmortem";
        assertThat(get(at).body()).isEqualTo(Postmortem.markdown(ended, Tone.PLAIN));
        assertThat(get(at + "?format=md&tone=wry").body()).isEqualTo(Postmortem.markdown(ended, Tone.WRY));
        assertThat(get(at + "?format=json").body()).isEqualTo(IncidentStore.json(ended));
        assertThat(get(at + "?format=csv").body().lines().count())
                .isEqualTo(1L + ended.timeline().size());
        HttpResponse<String> page = get(at + "?format=html");
        assertThat(page.body()).contains("<svg", "How it went");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "sha256-");
        assertThat(get(at + "?format=docx").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoIncidentIsNotFound() throws Exception {
        for (String id : List.of("none", "x/y/postmortem", "")) {
            assertThat(get("api/v1/incidents/" + id).statusCode()).as(id).isEqualTo(404);
        }
    }

    @Test
    void noIdLeadsToAnotherFile() throws Exception {
        assertThat(get("api/v1/incidents/..%2F..%2Fsecret").statusCode()).isEqualTo(400);
    }

    @Test
    void aRecordThatWasWrittenAgainIsReadAgain() throws Exception {
        assertThat(json(get("api/v1/incidents")).get("incidents")).hasSize(2);
        Incident closed = Recordings.whole("sessions");
        store.save(closed);
        for (int i = 0; i < 100 && json(get("api/v1/incidents")).toString().contains("\"open\""); i++) {
            Thread.sleep(100);
        }
        assertThat(json(get("api/v1/incidents")).toString()).doesNotContain("\"open\"");
    }

    @Test
    void oneBrokenRecordHidesNoOther() throws Exception {
        Files.writeString(directory.resolve("20260101-broken-1.json"), "{\"id\": ");
        JsonNode answer = json(get("api/v1/incidents"));
        assertThat(answer.get("incidents")).hasSize(2);
        assertThat(answer.get("warnings").toString()).contains("20260101-broken-1");
        assertThat(get("api/v1/incidents/20260101-broken-1").statusCode()).isEqualTo(500);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(stage.address().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }
}
