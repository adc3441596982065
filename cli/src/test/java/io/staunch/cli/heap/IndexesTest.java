package io.staunch.cli.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexesTest {
    @Test
    void indexesLieInTheUsersCacheFolder() {
        assertThat(Indexes.usualFolder(Map.of("XDG_CACHE_HOME", "/cache"), "/home/ann"))
                .contains(Path.of("/cache/staunch/heap"));
        assertThat(Indexes.usualFolder(Map.of(), "/home/ann")).contains(Path.of("/home/ann/.cache/staunch/heap"));
        assertThat(Indexes.usualFolder(Map.of("XDG_CACHE_HOME", "relative"), "/home/ann"))
                .contains(Path.of("/home/ann/.cache/staunch/heap"));
        assertThat(Indexes.usualFolder(Map.of(), "")).isEmpty();
    }

    @Test
    void smallDumpsAreNotWorthOneUnlessAFolderIsNamed(@TempDir Path folder) throws IOException {
        Path dump = Files.writeString(folder.resolve("small.hprof"), "small");
        assertThat(Indexes.folderFor(dump, Optional.empty())).isEmpty();
        assertThat(Indexes.folderFor(dump, Optional.of(folder))).contains(folder);
    }
}
