package io.staunch.remedy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Switches all acts off: by a file that anybody may put there, or by a call. Every act asks it before it
/// begins. Safe for use by several threads.
public final class KillSwitch {
    private final Path file;
    private volatile Optional<String> thrownBy = Optional.empty();

    /// @param file acts are off as long as it exists, whatever is in it
    public KillSwitch(Path file) {
        this.file = file;
    }

    /// What switches acts off, if anything does. A file that can't be looked for counts as there: when in doubt,
    /// nothing is done.
    public Optional<String> thrown() {
        if (thrownBy.isPresent()) {
            return thrownBy;
        }
        return Files.notExists(file) ? Optional.empty() : Optional.of("the file " + file);
    }

    /// Switches acts off until [#release] is called.
    public void engage(String by) {
        thrownBy = Optional.of(by);
    }

    /// Takes the call back; the file, if there is one, still counts.
    public void release() {
        thrownBy = Optional.empty();
    }
}
