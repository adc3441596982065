package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Cost;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.RecordedChange.Kind;
import io.staunch.remedy.Releases;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// In a run of the drill `sessions` on a busy machine the deployment of 2.4.0 was announced 29 s after its process had
/// begun, and the release was cleared because the growth had begun before.
class LedgerTest {
    private static final Instant ANNOUNCED = Instant.parse("2026-11-28T00:35:00Z");

    private final List<String> told = new ArrayList<>();

    @Test
    void aReleaseIsInPlaceFromWhenItsProcessBegan() {
        Ledger ledger = ledger(List::of);
        ledger.ran(new Seen("2.4.0", ANNOUNCED.minusSeconds(29)));
        assertThat(ledger.asTheyRan(releases()).changes())
                .extracting(RecordedChange::at)
                .containsExactly(ANNOUNCED.minusSeconds(3_600), ANNOUNCED.minusSeconds(29));
    }

    @Test
    void aProcessOfAnEarlierTimeInPlaceMovesNothing() {
        Ledger ledger = ledger(List::of);
        ledger.ran(new Seen("2.4.0", ANNOUNCED.minusSeconds(86_400)));
        assertThat(ledger.asTheyRan(releases())).isEqualTo(releases());
    }

    @Test
    void aPlatformThatGivesNoAnswerIsToldOnceAndKnowsNoRelease() throws Exception {
        Ledger ledger = ledger(() -> {
            throw new IOException("no answer");
        });
        assertThat(ledger.releases().current()).isEmpty();
        assertThat(ledger.releases().current()).isEmpty();
        assertThat(told).singleElement().satisfies(line -> assertThat(line).contains("no answer", "nothing is done"));
    }

    private Ledger ledger(io.staunch.remedy.ReleaseDirectories.ChangeSource changes) {
        Platform platform = new ToldReleases("shop", changes);
        Service service = new Service("shop", Service.Kind.JVM, platform, Mode.OBSERVE, Set.of());
        return new Ledger(new Attention(() -> service, Subject.NOWHERE), told::add);
    }

    private static Releases releases() {
        return new Releases(
                "shop", List.of(), List.of(change(ANNOUNCED.minusSeconds(3_600), "2.3.1"), change(ANNOUNCED, "2.4.0")));
    }

    private static RecordedChange change(Instant at, String version) {
        return new RecordedChange(at, Kind.RELEASE, "shop", version, false, "test");
    }

    private record Seen(String version, Instant since) implements Watched {
        @Override
        public Running process() {
            return new Running("1", 1, since, true);
        }

        @Override
        public String label() {
            return "jvm 1";
        }

        @Override
        public Optional<String> release() {
            return Optional.of(version);
        }

        @Override
        public Known soFar() {
            throw new UnsupportedOperationException("nothing is asked of it");
        }

        @Override
        public Cost cost() {
            return Cost.NONE;
        }

        @Override
        public void close() {}
    }
}
