package io.staunch.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.diagnose.Clue;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Somebody who blamed `payment-gateway`, whose release was to blame, was told that no evidence implicates it.
class NamingTest {
    private static final Suspect RELEASE = suspect("release:payment-gateway@1.9.0", "the last release");
    private static final Suspect LIBRARY =
            suspect("library:io.staunch.shop:payment-gateway", "io.staunch.shop:payment-gateway 1.8.0 → 1.9.0");
    private static final Suspect NEIGHBOUR = suspect("service:cache", "the service cache");
    private static final Suspect FILLS = suspect("cache", "a cache that fills");
    private static final Suspect CACHE_RELEASE = suspect("release:cache@6.2.11-2", "the last release, cache 6.2.11-2");
    private static final Suspect NETWORK = suspect("network", "the network");

    @Test
    void aServiceMeansItsReleaseAndTheLibraryOfItsName() {
        assertThat(meant("payment-gateway")).containsExactly(RELEASE, LIBRARY);
    }

    @Test
    void aReleaseGoesByItsVersionWithOrWithoutItsService() {
        assertThat(meant("1.9.0")).containsExactly(RELEASE);
        assertThat(meant("payment-gateway 1.9.0")).containsExactly(RELEASE);
        assertThat(meant("release:payment-gateway@1.9.0")).containsExactly(RELEASE);
    }

    @Test
    void aWordThatIsAnIdMeansTheReleaseOfThatServiceToo() {
        assertThat(meant("cache")).containsExactly(FILLS, CACHE_RELEASE);
    }

    @Test
    void capitalsAndTheArticleMakeNoDifference() {
        assertThat(meant("Network")).containsExactly(NETWORK);
        assertThat(meant("the service Cache")).containsExactly(NEIGHBOUR);
    }

    @Test
    void aNameThatNobodyHasMeansNobody() {
        assertThat(meant("moon")).isEmpty();
    }

    private static List<Suspect> meant(String word) {
        return Naming.meant(word, List.of(RELEASE, LIBRARY, NEIGHBOUR, CACHE_RELEASE, FILLS, NETWORK));
    }

    private static Suspect suspect(String id, String name) {
        return new Suspect(
                id, name, Finding.CLEARED, List.of(new Clue(Instant.EPOCH, Clue.Bearing.AGAINST, "a-rule", "why")));
    }
}
