package io.staunch.server.response;

import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.ChangeFile;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.RecordedChange.Kind;
import io.staunch.remedy.ReleaseDirectories.ChangeSource;
import io.staunch.server.Deployed;
import io.staunch.server.ReleaseBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the daemon knows of changes: what others told by its API and in a file, what it did itself, and where the link
/// of the service's release directories points now. The same deployment told by several is one: of those in a row that
/// put the same version in place within minutes, the first counts.
///
/// @param home of the release directories, if that is how the service is run
record ToldChanges(
        String service,
        Optional<ChangeFile> file,
        ReleaseBook book,
        AuditLog audit,
        Optional<Path> home,
        InstantSource clock)
        implements ChangeSource {
    /// Where our own acts are told.
    static final String OWN = "the audit log";

    private static final Duration TOLD_TWICE = Duration.ofMinutes(5);
    /// A link that was swapped is told of within this time, or nobody tells.
    private static final Duration UNTOLD = Duration.ofSeconds(30);

    @Override
    public List<RecordedChange> changes() throws IOException {
        List<RecordedChange> all = new ArrayList<>(file.isPresent() ? file.get().changes() : List.of());
        for (Deployed told : book.all()) {
            all.add(new RecordedChange(
                    told.since(), Kind.RELEASE, told.service(), told.version(), false, told.source()));
        }
        for (AuditLine line : audit.lines()) {
            own(line).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(RecordedChange::at));
        Map<String, RecordedChange> placed = onceEach(all);
        if (home.isPresent()) {
            untold(home.get(), Optional.ofNullable(placed.get(service)), all).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Optional<RecordedChange> own(AuditLine line) {
        if (!line.what().equals("done") || line.act().equals("restart")) {
            return Optional.empty();
        }
        Kind kind = line.act().equals("rollback") ? Kind.ROLLBACK : Kind.RELEASE;
        return Optional.of(new RecordedChange(line.at(), kind, line.service(), line.to(), false, OWN));
    }

    /// @return the last of each service
    private static Map<String, RecordedChange> onceEach(List<RecordedChange> all) {
        Map<String, RecordedChange> placed = new HashMap<>();
        all.removeIf(change -> {
            if (!change.putsReleaseInPlace()) {
                return false;
            }
            RecordedChange before = placed.put(change.service(), change);
            return before != null
                    && before.what().equals(change.what())
                    && change.at().isBefore(before.at().plus(TOLD_TWICE));
        });
        return placed;
    }

    /// The link points at another release than the last that anybody told of: an act of ours that was not finished, or
    /// somebody who does not tell.
    private Optional<RecordedChange> untold(Path directories, Optional<RecordedChange> last, List<RecordedChange> all)
            throws IOException {
        Path link = directories.resolve("current");
        if (!Files.isDirectory(link)) {
            return Optional.empty();
        }
        String version = link.toRealPath().getFileName().toString();
        Instant since =
                Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toInstant();
        boolean told = last.filter(change -> change.what().equals(version)).isPresent();
        boolean ours = audit.unfinished().stream()
                .anyMatch(act -> act.service().equals(service) && act.to().equals(version));
        boolean fresh = !ours && clock.instant().isBefore(since.plus(UNTOLD));
        boolean older = last.filter(change -> !change.at().isBefore(since)).isPresent();
        if (told || fresh || older) {
            return Optional.empty();
        }
        boolean ranBefore = all.stream()
                .anyMatch(change -> change.putsReleaseInPlace()
                        && change.service().equals(service)
                        && change.what().equals(version));
        return Optional.of(new RecordedChange(
                since,
                ranBefore ? Kind.ROLLBACK : Kind.RELEASE,
                service,
                version,
                false,
                ours ? OWN : "the link current"));
    }
}
