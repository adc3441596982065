package io.staunch.incident;

import java.nio.file.Path;
import java.util.Map;

/// Where Staunch keeps what must outlive it: `STAUNCH_STATE`, else `staunch` in `XDG_STATE_HOME`, else
/// `~/.local/state/staunch`.
public record StateDirectory(Path root) {
    /// From a process's environment variables; `userHome` stands in when `HOME` is not set.
    public static StateDirectory of(Map<String, String> environment, Path userHome) {
        String own = environment.getOrDefault("STAUNCH_STATE", "");
        if (!own.isEmpty()) {
            return new StateDirectory(Path.of(own).toAbsolutePath());
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!state.isEmpty()) {
            return new StateDirectory(Path.of(state, "staunch").toAbsolutePath());
        }
        String home = environment.getOrDefault("HOME", "");
        return new StateDirectory((home.isEmpty() ? userHome : Path.of(home)).resolve(".local/state/staunch"));
    }

    public Path incidents() {
        return root.resolve("incidents");
    }

    public Path postmortems() {
        return root.resolve("postmortems");
    }

    /// What heap dumps showed.
    public Path heaps() {
        return root.resolve("heaps");
    }

    /// What the watch keeps, unless its configuration names another store.
    public Path store() {
        return root.resolve("staunch.db");
    }

    public Path auditLog() {
        return root.resolve("audit.jsonl");
    }

    /// A mark for each open incident that the daemon looks after.
    public Path onDuty() {
        return root.resolve("on-duty");
    }

    /// Releases that were watched without a leak.
    public Path goodReleases() {
        return root.resolve("good-releases");
    }

    /// As long as this file exists, nothing is done.
    public Path killSwitch() {
        return root.resolve("stop");
    }
}
