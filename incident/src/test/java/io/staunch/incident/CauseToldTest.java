package io.staunch.incident;

import static io.staunch.incident.SessionsIncident.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Shape;
import io.staunch.remedy.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CauseToldTest {
    @TempDir
    Path directory;

    @Test
    void aCauseCountsFromWhenItWasFirstTold() {
        IncidentRecorder recorder = SessionsIncident.opened(directory);
        recorder.cause(after(45), culprit("Session", "Cart"), release("2.4.0"), List.of());
        recorder.cause(after(90), culprit("Cart", "Session"), release("2.4.0"), List.of());
        assertThat(recorder.soFar().causeNamed()).contains(after(45));
        assertThat(causes(recorder)).hasSize(1);
    }

    @Test
    void aCauseThatWasCorrectedCountsFromThen() {
        IncidentRecorder recorder = SessionsIncident.opened(directory);
        recorder.cause(after(45), culprit("Session"), release("2.4.0"), List.of());
        recorder.cause(after(90), culprit("Connection"), release("2.4.0"), List.of());
        assertThat(recorder.soFar().causeNamed()).contains(after(90));
        recorder.cause(after(95), culprit("Connection"), release("2.3.1"), List.of());
        assertThat(recorder.soFar().causeNamed()).contains(after(95));
        assertThat(causes(recorder)).hasSize(3).last().asString().startsWith("The cause was corrected: ");
    }

    private static List<String> causes(IncidentRecorder recorder) {
        return recorder.soFar().timeline().stream()
                .filter(entry -> entry.kind() == Entry.Kind.CAUSE)
                .map(Entry::sentence)
                .toList();
    }

    private static Optional<Release> release(String version) {
        return Optional.of(new Release("shop-api", version, Optional.of(after(0)), List.of()));
    }

    private static Culprit culprit(String... types) {
        return new Culprit(
                Shape.OBJECTS,
                List.of(types).stream()
                        .map(type -> new Accumulation(type, 54_000, 6e7))
                        .toList(),
                List.of("static CartStore.entries"),
                List.of(),
                Optional.of(SessionsIncident.PURL),
                Optional.of("2.4.0"),
                Optional.empty());
    }
}
