package io.staunch.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrillNameTest {
    @Test
    void theTimesAreThoseThatTheTeamsPublished() {
        assertThat(Arrays.stream(DrillName.values()).map(DrillName::teamsTimeToCause))
                .containsExactly(
                        Duration.ofMinutes(150),
                        Duration.ofHours(2),
                        Duration.ofMinutes(55),
                        Duration.ofMinutes(175),
                        Duration.ofHours(2));
    }

    @Test
    void aDrillIsFoundByItsWord() {
        assertThat(DrillName.of("connections")).contains(DrillName.CONNECTIONS);
        assertThat(DrillName.of("CONNECTIONS")).isEmpty();
    }
}
