package io.staunch.shop.balancer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The instances, as a file names them, one a line; the file is read again when it changes. A visitor stays with the
/// instance whose name ends the session's id; others go round. Thread-safe.
final class Backends {
    private final Path file;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile FileTime readAt = FileTime.fromMillis(0);
    private volatile List<Backend> all = List.of();

    Backends(Path file) {
        this.file = file;
    }

    /// Reads the file when it has changed since.
    void refresh() throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        if (!changed.equals(readAt)) {
            all = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(Backend::parse)
                    .toList();
            readAt = changed;
        }
    }

    /// The instance for a visitor of that session; empty when there is none at all.
    Optional<Backend> choose(Optional<String> session) {
        List<Backend> now = all;
        if (session.isPresent()) {
            String name = session.get().substring(session.get().lastIndexOf('.') + 1);
            for (Backend backend : now) {
                if (backend.name().equals(name)) {
                    return Optional.of(backend);
                }
            }
        }
        List<Backend> open = now.stream().filter(backend -> !backend.draining()).toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.get(Math.floorMod(turn.getAndIncrement(), open.size())));
    }
}
