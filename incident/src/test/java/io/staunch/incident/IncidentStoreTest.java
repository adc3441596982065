package io.staunch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncidentStoreTest {
    @TempDir
    Path directory;

    @Test
    void whatIsReadBackEqualsWhatWasRecorded() throws IOException {
        Incident recorded = SessionsIncident.recordedIn(directory);
        assertThat(new IncidentStore(directory).find(recorded.id())).contains(recorded);
        assertThat(recorded.id()).isEqualTo("20260301-shop-api-1");
    }

    @Test
    void anIncidentIsOnTheDiskWhileItIsOpen() throws IOException {
        IncidentRecorder recorder = SessionsIncident.opened(directory);
        assertThat(new IncidentStore(directory)
                        .find(recorder.id())
                        .orElseThrow()
                        .status())
                .isEqualTo(Incident.Status.OPEN);
    }

    @Test
    void anIncidentThatWasLeftOpenIsGoneOnWithAsItStood() throws IOException {
        IncidentRecorder first = SessionsIncident.opened(directory);
        first.note(SessionsIncident.after(50), Entry.Kind.EVIDENCE, "Two class histograms.", List.of("31 ms."));
        Incident left = new IncidentStore(directory).find(first.id()).orElseThrow();

        IncidentRecorder next = IncidentRecorder.resume(new IncidentStore(directory), left, _ -> {});
        assertThat(next.soFar()).isEqualTo(left);
        assertThat(next.close(SessionsIncident.after(60)).timeline()).hasSize(3);
        assertThat(new IncidentStore(directory).all()).hasSize(1);
    }

    @Test
    void whileTheDiskTakesNothingTheIncidentGoesOnInMemoryAndIsWrittenWholeLater() throws IOException {
        Path blocked = directory.resolve("incidents");
        Files.writeString(blocked, "a file where a directory should be");
        List<String> told = new ArrayList<>();
        IncidentRecorder recorder = SessionsIncident.opened(blocked, told::add);
        recorder.note(SessionsIncident.after(50), Entry.Kind.EVIDENCE, "Two class histograms.", List.of());
        assertThat(told)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("can't be written", "goes on in memory"));

        Files.delete(blocked);
        Incident closed = recorder.close(SessionsIncident.after(60));

        assertThat(told).hasSize(2).last().satisfies(line -> assertThat(line).contains("on the disk again"));
        assertThat(closed.timeline()).hasSize(3);
        assertThat(new IncidentStore(blocked).find(recorder.id())).contains(closed);
    }

    @Test
    void idsOfOneDayAreNumberedAndTheLatestIncidentComesFirst() throws IOException {
        SessionsIncident.opened(directory);
        SessionsIncident.opened(directory);
        assertThat(new IncidentStore(directory).all())
                .extracting(Incident::id)
                .containsExactlyInAnyOrder("20260301-shop-api-1", "20260301-shop-api-2");
    }

    @Test
    void onlyTheOwnerMayReadAnIncident() throws IOException {
        Incident recorded = SessionsIncident.recordedIn(directory);
        assertThat(Files.getPosixFilePermissions(directory.resolve(recorded.id() + ".json")))
                .hasSize(2);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFileThatIsNoIncidentIsNamedInTheError() throws IOException {
        Files.writeString(directory.resolve("odd.json"), "{\"id\": \"odd\", \"colour\": \"red\"}");
        IncidentStore store = new IncidentStore(directory);
        assertThatThrownBy(() -> store.find("odd"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("odd.json: expected an incident");
    }

    @Test
    void anIdIsNeverAPath() throws IOException {
        assertThat(new IncidentStore(directory.resolve("incidents")).find("../secret"))
                .isEmpty();
        assertThat(new IncidentStore(directory).find("no-such-1")).isEmpty();
    }

    @Test
    void lostCheckoutsAreThoseThatTheRateOfBeforeWouldHaveBrought() {
        assertThat(SessionsIncident.lostCheckouts()).isEqualTo(OptionalLong.of(30));
    }

    @Test
    void theStateDirectoryFollowsTheEnvironment() {
        Path home = Path.of("/home/anna");
        assertThat(StateDirectory.of(Map.of("HOME", "/home/anna"), home).root())
                .isEqualTo(Path.of("/home/anna/.local/state/staunch"));
        assertThat(StateDirectory.of(Map.of("HOME", "/home/anna", "XDG_STATE_HOME", "/state"), home)
                        .root())
                .isEqualTo(Path.of("/state/staunch"));
        assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", "/state", "STAUNCH_STATE", "/own"), home)
                        .root())
                .isEqualTo(Path.of("/own"));
    }
}
