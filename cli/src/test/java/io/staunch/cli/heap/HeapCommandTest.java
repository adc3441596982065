package io.staunch.cli.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.staunch.cli.ExitCode;
import io.staunch.cli.Said;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `staunch heap` on dumps of the JVM that runs this test, which leaks on purpose.
@Tag("slow")
class HeapCommandTest {
    private static final int BEFORE = 20_000;
    private static final int AFTER = 60_000;

    /// What leaks.
    static final class LeakedSession {
        final String id;
        final byte[] state = new byte[300];

        LeakedSession(String id) {
            this.id = id;
        }
    }

    private static final Map<String, LeakedSession> SESSIONS = new ConcurrentHashMap<>();

    @TempDir
    static Path folder = Path.of("");

    private static Path older = Path.of("");
    private static Path newer = Path.of("");

    @BeforeAll
    static void leakAndDump() throws IOException {
        older = dumpWith(BEFORE, "older.hprof");
        newer = dumpWith(AFTER, "newer.hprof");
    }

    private static Path dumpWith(int sessions, String name) throws IOException {
        while (SESSIONS.size() < sessions) {
            String id = "secret " + SESSIONS.size();
            SESSIONS.put(id, new LeakedSession(id));
        }
        Path file = folder.resolve(name);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        return file;
    }

    @AfterAll
    static void forget() {
        SESSIONS.clear();
    }

    private static JsonNode json(String... line) {
        Said said = Said.by(line);
        assertThat(said.exitCode()).isEqualTo(ExitCode.NO_LEAK);
        return JsonMapper.shared().readTree(said.out());
    }

    @Test
    void aSecondRunSaysTheSameFromAKeptIndexAndTellsWhereItIs() {
        String indexes = folder.resolve("indexes").toString();
        Said first = Said.by("heap", newer.toString(), "--cache", indexes);
        Said second = Said.by("heap", newer.toString(), "--cache", indexes);
        assertThat(first.err()).contains("kept an index", indexes, " MiB)", "--no-cache");
        assertThat(second.err()).contains("opened with the index", indexes, " MiB)", "--no-cache");
        assertThat(withoutFigures(second.out())).isEqualTo(withoutFigures(first.out()));
    }

    /// All but the line that says what it took.
    private static List<String> withoutFigures(String out) {
        return out.lines().filter(line -> !line.contains("analysed in")).toList();
    }

    @Test
    void noIndexIsKeptIfNoneIsWanted() {
        Path indexes = folder.resolve("unwanted");
        Said said = Said.by("heap", newer.toString(), "--no-cache", "--cache", indexes.toString());
        assertThat(said.err()).doesNotContain("index");
        assertThat(indexes).doesNotExist();
    }

    @Test
    void anIndexThatCannotBeKeptIsToldAndNoError() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("in the way"), "a file");
        Said said = Said.by("heap", newer.toString(), "--cache", inTheWay.toString());
        assertThat(said.exitCode()).isEqualTo(ExitCode.NO_LEAK);
        assertThat(said.err()).contains("no index kept for opening this dump again: ");
    }

    @Test
    void theJsonIsTheContracts() {
        JsonNode root = json("heap", newer.toString(), "--top", "3", "--json");
        assertThat(root.path("schema").asString()).isEqualTo("staunch.heap/1");
        assertThat(root.path("file").asString()).isEqualTo("newer.hprof");
        for (String count : List.of("objects", "reachable", "bytes", "reachableBytes", "classes", "roots")) {
            assertThat(root.path(count).isIntegralNumber()).as(count).isTrue();
            assertThat(root.path(count).asLong()).as(count).isPositive();
        }
        assertThat(names(root.path("biggest").path(0))).contains("object", "type", "shallow", "retained");
        assertThat(root.path("biggest").path(0).path("object").asString()).startsWith("0x");
        assertThat(names(root.path("histogram").path(0))).contains("type", "instances", "shallow", "retained");
        assertThat(root.path("histogram").size()).isEqualTo(3);
        assertThat(root.path("took").path("millis").isIntegralNumber()).isTrue();
        assertThat(root.path("took").path("peakResidentBytes").asLong()).isPositive();
    }

    private static List<String> names(JsonNode object) {
        return new ArrayList<>(object.propertyNames());
    }

    @Test
    void theFirstSuspectIsWhatLeaks() {
        JsonNode suspect =
                json("heap", newer.toString(), "--json").path("suspects").path(0);
        assertThat(suspect.path("type").asString()).isEqualTo(LeakedSession.class.getName());
        assertThat(suspect.path("instances").asLong()).isEqualTo(AFTER);
        assertThat(suspect.path("accumulation").asString()).isEqualTo("java.util.concurrent.ConcurrentHashMap");
        assertThat(suspect.path("holder").path(0).asString())
                .isEqualTo("static io.staunch.cli.heap.HeapCommandTest.SESSIONS");
        assertThat(suspect.path("share").asDouble()).isBetween(0.3, 1.0);
        assertThat(suspect.path("retained").asLong()).isGreaterThan(AFTER * 300L);
        assertThat(suspect.path("shape").asString()).isEqualTo("sessions");
        assertThat(suspect.path("contents").path("elements").asLong()).isEqualTo(AFTER);
        assertThat(suspect.path("why").asString())
                .startsWith("60,000 " + LeakedSession.class.getName() + " (sessions that are never removed)");
        assertThat(suspect.has("library")).as("an application has no library").isFalse();
    }

    @Test
    void thePageForPeopleSaysTheSame() {
        Said said = Said.by("heap", newer.toString());
        assertThat(said.exitCode()).isEqualTo(ExitCode.NO_LEAK);
        assertThat(said.out())
                .contains("What piles up")
                .contains("60,000 × " + LeakedSession.class.getName() + ": sessions that are never removed")
                .contains("60,000 entries: java.lang.String → " + LeakedSession.class.getName())
                .contains("held by  static io.staunch.cli.heap.HeapCommandTest.SESSIONS")
                .contains("sizes as in the running heap: ")
                .contains("Libraries", "Class loaders", "Packages", "Threads");
    }

    @Test
    void valuesAreShownOnlyWhenAskedFor() {
        assertThat(Said.by("heap", newer.toString()).out()).doesNotContain("secret ");
        assertThat(Said.by("heap", newer.toString(), "--json").out()).doesNotContain("secret ");
        assertThat(Said.by("heap", newer.toString(), "--show-values").out()).contains("\"secret ");
    }

    @Test
    void wasteIsCountedWhenAskedFor() {
        assertThat(json("heap", newer.toString(), "--json").has("waste")).isFalse();
        JsonNode waste = json("heap", newer.toString(), "--json", "--waste").path("waste");
        assertThat(waste.findValuesAsString("shape")).contains("duplicate-strings", "empty-collections");
    }

    @Test
    void theHtmlPageNeedsNothingElse() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(Said.by("heap", newer.toString(), "--html", page.toString()).exitCode())
                .isEqualTo(ExitCode.NO_LEAK);
        assertThat(Files.readString(page, StandardCharsets.UTF_8))
                .contains(LeakedSession.class.getName())
                .doesNotContain("secret ")
                .doesNotContainPattern("(?i)(?:src|href)\\s*=\\s*[\"']?(?:https?:|//)")
                .doesNotContainPattern("(?i)@import|url\\(|fetch\\(|XMLHttpRequest|import\\(");
    }

    @Test
    void theDifferenceNamesWhatGrewAndWhoTookIt() {
        JsonNode root = json("heap", "diff", older.toString(), newer.toString(), "--json");
        assertThat(root.path("schema").asString()).isEqualTo("staunch.heap.diff/1");
        JsonNode holder = root.path("holders").path(0);
        assertThat(holder.path("type").asString()).isEqualTo(LeakedSession.class.getName());
        assertThat(holder.path("elementsBefore").asLong()).isEqualTo(BEFORE);
        assertThat(holder.path("elementsAfter").asLong()).isEqualTo(AFTER);
        assertThat(holder.path("holder").path(0).asString())
                .isEqualTo("static io.staunch.cli.heap.HeapCommandTest.SESSIONS");
        assertThat(Said.by("heap", "diff", older.toString(), newer.toString()).out())
                .contains("What grew, and who holds it")
                .contains(LeakedSession.class.getName() + ": 20,000 → 60,000");
    }

    @Test
    void aRedactedDumpSaysTheSameWithoutItsContents() throws IOException {
        Path out = folder.resolve("redacted.hprof");
        assertThat(Said.by("heap", "redact", newer.toString(), out.toString()).exitCode())
                .isEqualTo(ExitCode.NO_LEAK);
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).doesNotContain("secret 1");
        JsonNode suspect =
                json("heap", out.toString(), "--json").path("suspects").path(0);
        assertThat(suspect.path("type").asString()).isEqualTo(LeakedSession.class.getName());
        assertThat(suspect.path("instances").asLong()).isEqualTo(AFTER);
        Said again = Said.by("heap", "redact", newer.toString(), out.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(again.err()).contains("expected no such file yet, found one");
    }
}
