package io.staunch.drill.response;

import io.staunch.remedy.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A service that is known by its release directories: its process is the one that runs in one of them.
///
/// @param home holds `releases` and `current`
public record Service(String name, Path home, Platform platform) {

    /// The id of the process that runs now; empty while none does.
    OptionalLong pid() {
        Path releases;
        try {
            releases = home.resolve("releases").toRealPath();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> runsIn(pid, releases))
                .findFirst();
    }

    private static boolean runsIn(long pid, Path releases) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .startsWith(releases);
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return false;
        }
    }
}
