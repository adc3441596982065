package io.staunch.remedy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Switches all acts off: by a file that anybody may put there, or by a call. Every act asks it before it
/// begins. A call outlives the process: it is kept in a file of its own beside the other. Safe for use by several
/// threads.
public final class KillSwitch {
    private final Path file;
    private final Path called;
    private volatile Optional<String> thrownBy = Optional.empty();

    /// @param file acts are off as long as it exists, whatever is in it
    public KillSwitch(Path file) {
        this.file = file;
        this.called = file.resolveSibling(file.getFileName() + ".called");
    }

    /// What switches acts off, if anything does. A file that can't be looked for counts as there: when in doubt,
    /// nothing is done.
    public Optional<String> thrown() {
        if (thrownBy.isPresent()) {
            return thrownBy;
        }
        if (!Files.notExists(called)) {
            return Optional.of(caller());
        }
        return Files.notExists(file) ? Optional.empty() : Optional.of("the file " + file);
    }

    private String caller() {
        try {
            return Files.readString(called, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "the file " + called;
        }
    }

    /// Switches acts off until [#release] is called. They are off when this returns, whatever it throws.
    ///
    /// @throws IOException if it could not be kept for the next start
    public void engage(String by) throws IOException {
        thrownBy = Optional.of(by);
        Files.createDirectories(called.toAbsolutePath().getParent());
        Files.writeString(called, by + "\n", StandardCharsets.UTF_8);
    }

    /// Takes the call back; the file that anybody may put there, if there is one, still counts.
    ///
    /// @throws IOException if what was kept of the call can't be removed; then acts stay off
    public void release() throws IOException {
        Files.deleteIfExists(called);
        thrownBy = Optional.empty();
    }
}
