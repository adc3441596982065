package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmInfo;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseBookTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aReleaseThatItWasToldOfIsASuspect() {
        ReleaseBook book = new ReleaseBook();
        book.add(List.of(
                new Deployed("shop", "1.0", NOW.minus(Duration.ofDays(3)), "API"),
                new Deployed("shop", "1.1", NOW.minus(Duration.ofMinutes(50)), "API")));
        assertThat(book.amid("shop", outcome()).diagnosis().suspects())
                .extracting(Suspect::id)
                .anyMatch(id -> id.startsWith("release:"));
    }

    @Test
    void theFirstReleaseOfAServiceChangedNothing() {
        ReleaseBook book = new ReleaseBook();
        book.add(List.of(new Deployed("shop", "1.0", NOW.minus(Duration.ofMinutes(50)), "API")));
        Outcome outcome = outcome();
        assertThat(book.amid("shop", outcome)).isSameAs(outcome);
    }

    @Test
    void aReleaseThatIsToldOfAgainWhileItIsInPlaceIsThereOnceAndOneThatComesBackTwice() {
        ReleaseBook book = new ReleaseBook();
        List<String> told = List.of("1.0", "1.0", "1.1", "1.1", "1.0");
        for (int i = 0; i < told.size(); i++) {
            book.add(List.of(new Deployed("shop", told.get(i), NOW.plusSeconds(i), "API")));
            book.add(List.of(new Deployed("cart", "7", NOW.plusSeconds(i), "API")));
        }
        assertThat(book.all())
                .filteredOn(release -> release.service().equals("shop"))
                .extracting(Deployed::since)
                .containsExactly(NOW, NOW.plusSeconds(2), NOW.plusSeconds(4));
        assertThat(book.all())
                .filteredOn(release -> release.service().equals("cart"))
                .hasSize(1);
    }

    private static Outcome outcome() {
        Judgement overall = new Judgement(
                Series.LIVE_SET,
                new Verdict.Leaking(
                        new Verdict.Rate(1e8, 9e7, 1.1e8),
                        NOW.minus(Duration.ofMinutes(40)),
                        Optional.empty(),
                        0.99,
                        "it grows"));
        Observations seen = new Observations(
                new Measured(NOW.minus(Duration.ofHours(1)), NOW, Map.of(), Map.of(), List.of(overall), overall),
                Held.UNKNOWN);
        return new Outcome(
                new JvmInfo(
                        1,
                        "shop.jar",
                        "25",
                        "HotSpot",
                        Collector.G1,
                        "shop",
                        Optional.of("1.1"),
                        NOW.minus(Duration.ofMinutes(50)),
                        List.of(),
                        JvmInfo.Way.JMX),
                seen.from(),
                Duration.ofHours(1),
                new Diagnosis(NOW, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                seen,
                List.of(),
                Cost.NONE,
                Optional.empty());
    }
}
