package io.staunch.remedy;

import java.nio.file.Path;
import java.util.Optional;

/// Tells the package URL of a jar. Given by whoever wires the flow, because reading jars belongs to another stage.
@FunctionalInterface
public interface LibraryNames {
    /// Empty if the jar does not say.
    Optional<Library> nameOf(Path jar);
}
