package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.remedy.AuditLog;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import io.staunch.server.Deployed;
import io.staunch.server.ReleaseBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldChangesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private final ReleaseBook book = new ReleaseBook();
    private AuditLog audit;

    @BeforeEach
    void open() throws IOException {
        audit = AuditLog.open(directory.resolve("audit.jsonl"), () -> NOON.plusSeconds(3_600));
    }

    @AfterEach
    void close() throws IOException {
        audit.close();
    }

    @Test
    void aDeploymentThatTheFileAndTheApiTellOfIsOne() throws Exception {
        Path file = directory.resolve("events.jsonl");
        Files.writeString(file, """
                {"time": "2026-03-01T12:00:00Z", "kind": "deploy", "service": "shop", "release": "2.0"}
                {"time": "2026-03-01T12:01:00Z", "kind": "migrate", "service": "shop", "description": "V7"}
                """);
        book.add(List.of(new Deployed("shop", "2.0", NOON.plusSeconds(2), "API")));
        List<RecordedChange> changes =
                told(Optional.of(new ChangeFile(file)), Optional.empty()).changes();
        assertThat(changes).extracting(RecordedChange::what).containsExactly("2.0", "V7");
    }

    @Test
    void theSameVersionPutInPlaceAgainLaterIsAChangeOfItsOwn() throws Exception {
        book.add(List.of(
                new Deployed("shop", "1.0", NOON, "API"),
                new Deployed("shop", "2.0", NOON.plusSeconds(60), "API"),
                new Deployed("shop", "1.0", NOON.plusSeconds(120), "API")));
        assertThat(told(Optional.empty(), Optional.empty()).changes())
                .extracting(RecordedChange::what)
                .containsExactly("1.0", "2.0", "1.0");
    }

    @Test
    void aServiceWithoutADriverHasTheReleasesThatSomebodyToldOf() throws Exception {
        book.add(List.of(
                new Deployed("shop", "1.0", NOON, "API"),
                new Deployed("auth", "7", NOON, "API"),
                new Deployed("shop", "2.0", NOON.plusSeconds(60), "API")));
        ToldReleases told = new ToldReleases("shop", told(Optional.empty(), Optional.empty()));
        assertThat(told.releases("shop").current()).map(Release::version).contains("2.0");
        assertThat(told.releases("shop").inPlace()).extracting(Release::version).containsExactly("1.0", "2.0");
    }

    @Test
    void whatWasDoneByOurselvesIsInPlaceAlthoughNobodyElseTellsOfIt() throws Exception {
        book.add(List.of(
                new Deployed("shop", "1.0", NOON.minusSeconds(60), "API"), new Deployed("shop", "2.0", NOON, "API")));
        Release good = new Release("shop", "1.0", Optional.empty(), List.of());
        Release bad = new Release("shop", "2.0", Optional.empty(), List.of());
        audit.append("staunch", "intends", new Remedy.RollBack("shop", bad, good), "back");
        assertThat(last()).isEqualTo("2.0");
        audit.append("staunch", "done", new Remedy.RollBack("shop", bad, good), "back");
        assertThat(last()).isEqualTo("1.0");
    }

    @Test
    void aLinkThatSomebodySwappedWithoutAWordIsSeen() throws Exception {
        Files.createDirectories(directory.resolve("shop/releases/1.0"));
        Files.createSymbolicLink(directory.resolve("shop/current"), Path.of("releases", "1.0"));
        book.add(List.of(new Deployed("shop", "2.0", NOON, "API")));
        assertThat(told(Optional.empty(), Optional.of(directory.resolve("shop")))
                        .changes())
                .extracting(RecordedChange::what)
                .containsExactly("2.0", "1.0");
    }

    @Test
    void aLinkThatAnUnfinishedActOfOursSwappedIsSeenAtOnceAndIsOurs() throws Exception {
        Files.createDirectories(directory.resolve("shop/releases/1.0"));
        Files.createSymbolicLink(directory.resolve("shop/current"), Path.of("releases", "1.0"));
        book.add(List.of(
                new Deployed("shop", "1.0", NOON.minusSeconds(60), "API"), new Deployed("shop", "2.0", NOON, "API")));
        Release good = new Release("shop", "1.0", Optional.empty(), List.of());
        Release bad = new Release("shop", "2.0", Optional.empty(), List.of());
        ToldChanges now = new ToldChanges(
                "shop", Optional.empty(), book, audit, Optional.of(directory.resolve("shop")), InstantSource.system());
        assertThat(now.changes().getLast().what()).isEqualTo("2.0");
        audit.append("staunch", "intends", new Remedy.RollBack("shop", bad, good), "back");
        assertThat(now.changes().getLast())
                .satisfies(change -> assertThat(change.what()).isEqualTo("1.0"))
                .satisfies(change -> assertThat(change.source()).isEqualTo(ToldChanges.OWN));
    }

    private String last() throws IOException {
        return told(Optional.empty(), Optional.empty()).changes().getLast().what();
    }

    private ToldChanges told(Optional<ChangeFile> file, Optional<Path> home) {
        return new ToldChanges(
                "shop", file, book, audit, home, () -> Instant.now().plusSeconds(60));
    }
}
