package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// In a run of the drill `payments`, shop-api was called a leak 40 s after its start, while its sessions filled.
class PatienceTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T02:40:00Z");
    private final Patience patience = new Patience(Duration.ofSeconds(30), 0.05, Duration.ofHours(1));

    @Test
    void aNewReleaseIsGivenTimeToGetGoing() {
        assertThat(isSettledAfter(29, false)).isFalse();
        assertThat(isSettledAfter(30, false)).isTrue();
    }

    @Test
    void aReleaseThatIsKnownToBeGoodIsGivenFourTimesAsLong() {
        assertThat(isSettledAfter(119, true)).isFalse();
        assertThat(isSettledAfter(120, true)).isTrue();
    }

    private boolean isSettledAfter(long seconds, boolean trusted) {
        return patience.isSettled(STARTED, trusted, STARTED.plusSeconds(seconds));
    }
}
