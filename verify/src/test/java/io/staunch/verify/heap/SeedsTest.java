package io.staunch.verify.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What fuzzing once found stays found.
class SeedsTest {
    private static Path seeds() {
        Path here = Path.of("seeds/heap");
        return Files.isDirectory(here) ? here : Path.of("verify").resolve(here);
    }

    @Test
    void everySeedIsAnalysedOrRefused() throws IOException {
        List<Path> seeds;
        try (Stream<Path> files = Files.list(seeds())) {
            seeds = files.sorted().toList();
        }
        assertThat(seeds).hasSizeGreaterThanOrEqualTo(7);
        for (Path seed : seeds) {
            HeapFuzz.fuzzerTestOneInput(Files.readAllBytes(seed));
        }
    }
}
