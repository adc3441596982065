package io.staunch.shop.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackendsTest {
    @TempDir
    Path dir = Path.of("");

    private Backends of(String lines) throws IOException {
        Path file = dir.resolve("instances");
        Files.writeString(file, lines);
        Backends backends = new Backends(file);
        backends.refresh();
        return backends;
    }

    @Test
    void newVisitorsGoRoundTheInstancesThatDoNotDrain() throws IOException {
        Backends backends = of("a 1001\nb 1002 draining\nc 1003\n");
        assertThat(IntStream.range(0, 4)
                        .mapToObj(_ -> backends.choose(Optional.empty()).map(Backend::name)))
                .containsExactly(Optional.of("a"), Optional.of("c"), Optional.of("a"), Optional.of("c"));
    }

    @Test
    void aVisitorStaysWithTheInstanceAlsoWhileItDrains() throws IOException {
        Backends backends = of("a 1001\nb 1002 draining\n");
        assertThat(backends.choose(Optional.of("4F3A.b"))).map(Backend::port).contains(1002);
        assertThat(backends.choose(Optional.of("4F3A.gone"))).map(Backend::name).contains("a");
    }

    @Test
    void withoutInstancesThereIsNoChoice() throws IOException {
        assertThat(of("").choose(Optional.empty())).isEmpty();
        assertThat(of("a 1001 draining\n").choose(Optional.empty())).isEmpty();
    }
}
