package io.staunch.server.response;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The incidents that this process looks after: a mark for each in a directory, so that whoever is started next knows
/// which open incidents are its own to go on with, and not those of a drill. Safe for use by several threads.
public final class OnDuty {
    private static final Duration KEEP = Duration.ofHours(1);

    private final Optional<Path> directory;
    private final Map<String, IncidentRecorder> recorders = new LinkedHashMap<>();

    private OnDuty(Optional<Path> directory) {
        this.directory = directory;
    }

    /// Nobody goes on after us.
    public static OnDuty once() {
        return new OnDuty(Optional.empty());
    }

    static OnDuty in(Path directory) {
        return new OnDuty(Optional.of(directory));
    }

    /// The ids that were taken and not done.
    synchronized List<String> left() throws IOException {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return List.of();
        }
        try (Stream<Path> marks = Files.list(directory.get())) {
            return marks.map(mark -> mark.getFileName().toString()).sorted().toList();
        }
    }

    /// Takes an incident that is about to be opened. That it can't be marked keeps nobody from looking after it.
    synchronized void take(String id) {
        if (directory.isPresent()) {
            try {
                Files.createDirectories(directory.get());
                Files.writeString(directory.get().resolve(id), "");
            } catch (IOException e) {
                return;
            }
        }
    }

    synchronized void recordedBy(IncidentRecorder recorder) {
        recorders.put(recorder.id(), recorder);
    }

    synchronized void done(String id) {
        if (directory.isPresent()) {
            try {
                Files.deleteIfExists(directory.get().resolve(id));
            } catch (IOException e) {
                // The incident is closed: whoever comes next sees that and takes the mark away.
                return;
            }
        }
    }

    /// As they stand now, and those that were closed within the last hour.
    synchronized List<Incident> incidents(Instant now) {
        List<Incident> incidents = new ArrayList<>();
        recorders.values().removeIf(recorder -> {
            Incident soFar = recorder.soFar();
            boolean old = soFar.closed()
                    .filter(closed -> closed.plus(KEEP).isBefore(now))
                    .isPresent();
            if (!old) {
                incidents.add(soFar);
            }
            return old;
        });
        return incidents;
    }
}
