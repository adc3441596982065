package io.staunch.shop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KnownProcessTest {
    @Test
    void aProcessIsStoppedAndThenNotAlive() throws IOException, InterruptedException {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        KnownProcess known = KnownProcess.of(sleep.toHandle());
        assertThat(known.alive()).isTrue();
        known.stop(Duration.ofSeconds(5));
        assertThat(known.alive()).isFalse();
        assertThat(sleep.isAlive()).isFalse();
    }

    @Test
    void aProcessThatDoesNotListenIsEndedByForce() throws IOException, InterruptedException {
        Process deaf = new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done").start();
        assertThat(deaf.getInputStream().read()).isEqualTo('d');
        KnownProcess known = KnownProcess.of(deaf.toHandle());
        known.stop(Duration.ofMillis(300));
        assertThat(known.alive()).isFalse();
    }

    @Test
    void anotherProcessWithTheSameIdIsLeftAlone() throws IOException, InterruptedException {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        KnownProcess real = KnownProcess.of(sleep.toHandle());
        KnownProcess earlier = new KnownProcess(real.pid(), real.startedAt().minusSeconds(60));
        assertThat(earlier.alive()).isFalse();
        earlier.stop(Duration.ofSeconds(1));
        assertThat(sleep.isAlive()).isTrue();
        real.stop(Duration.ofSeconds(5));
    }
}
