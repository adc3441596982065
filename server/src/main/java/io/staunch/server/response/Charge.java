package io.staunch.server.response;

import io.staunch.remedy.Command;
import io.staunch.remedy.Mode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How far Staunch may go for a service, and by which way.
///
/// @param attestedGood releases that a person has named good
/// @param changes      where the deployment tool announces what it does; see [io.staunch.remedy.ChangeFile]
public record Charge(Mode mode, Optional<Driver> driver, Set<String> attestedGood, Optional<Path> changes) {
    /// Of a service that nobody said anything about: look and tell.
    public static final Charge LOOK = new Charge(Mode.OBSERVE, Optional.empty(), Set.of(), Optional.empty());

    public Charge {
        attestedGood = Set.copyOf(attestedGood);
        if (mode.compareTo(Mode.APPROVE) >= 0 && driver.isEmpty()) {
            throw new IllegalArgumentException("expected a driver for a mode that acts, found none");
        }
    }

    /// What changes the release of a service.
    public sealed interface Driver {
        /// Release directories with a link to the one in place.
        ///
        /// @param home holds `releases` and `current`
        record Directories(Path home, Optional<Command> deploy, Command restart) implements Driver {}

        /// A program of the operator's.
        record Program(Path program) implements Driver {}
    }
}
