package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.diagnose.Change.ConfigurationChange;
import io.staunch.diagnose.Change.LibraryChange;
import io.staunch.diagnose.Change.ReleaseChange;
import io.staunch.diagnose.Change.SchemaChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspectBoardTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant NOW = START.plusSeconds(300);
    private static final Verdict LEAK =
            new Leaking(new Rate(6e8, 5e8, 7e8), START.plusSeconds(60), Optional.empty(), 0.999, "live set grows");
    private static final Culprit SESSIONS = new Culprit(
            Shape.SESSIONS,
            List.of(new Accumulation("com.shop.session.CartSession", 51_000, 6e8)),
            List.of("static com.shop.session.SessionStore.sessions"),
            List.of(),
            Optional.of("pkg:maven/com.shop/session-store@2.3.1"),
            Optional.empty(),
            Optional.empty());

    @Test
    void theReleaseThatBroughtTheLeakingLibraryIsImplicated() {
        List<Suspect> board = SuspectBoard.judge(leakAfter(
                new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1"),
                new LibraryChange(START.plusSeconds(50), "com.shop:session-store", "2.3.0", "2.3.1")));
        assertThat(finding(board, "release:shop@2.3.1")).isEqualTo(Finding.IMPLICATED);
        assertThat(finding(board, "library:com.shop:session-store")).isEqualTo(Finding.IMPLICATED);
        assertThat(board.getFirst().finding()).isEqualTo(Finding.IMPLICATED);
    }

    @Test
    void whatWasToldOfTwiceIsOneSuspect() {
        Change release = new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1");
        Change library = new LibraryChange(START.plusSeconds(50), "com.shop:session-store", "2.3.0", "2.3.1");
        Change other = new ReleaseChange(START.plusSeconds(55), "shop", "2.3.1", "2.3.2");
        assertThat(SuspectBoard.judge(leakAfter(release, library, release, library, other)))
                .filteredOn(suspect -> suspect.finding() == Finding.IMPLICATED)
                .extracting(Suspect::id)
                .containsOnlyOnce("release:shop@2.3.1", "library:com.shop:session-store");
    }

    @Test
    void everySuspectIsOnTheBoardWhateverWasSeen() {
        assertThat(SuspectBoard.judge(leakAfter()))
                .extracting(Suspect::id)
                .contains(
                        "release",
                        "library",
                        "schema",
                        "traffic-surge",
                        "attack",
                        "capacity",
                        "limit",
                        "network",
                        "load-balancer",
                        "database",
                        "sessions",
                        "connections",
                        "threads",
                        "class-loaders",
                        "direct-memory",
                        "native-memory",
                        "cache");
    }

    @Test
    void anEarlierReleaseIsClearedWhenALaterOneBroughtTheLeakingLibrary() {
        List<Suspect> board = SuspectBoard.judge(leakAfter(
                new ReleaseChange(START.plusSeconds(40), "shop", "2.2.9", "2.3.0"),
                new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1"),
                new LibraryChange(START.plusSeconds(50), "com.shop:session-store", "2.3.0", "2.3.1")));
        assertThat(finding(board, "release:shop@2.3.0")).isEqualTo(Finding.CLEARED);
        assertThat(finding(board, "release:shop@2.3.1")).isEqualTo(Finding.IMPLICATED);
    }

    @Test
    void aLibraryNoneOfWhoseTypesGrowsIsClearedAndNotRolledBack() {
        List<Suspect> board = SuspectBoard.judge(
                leakAfter(new LibraryChange(START.plusSeconds(40), "org.mail:mailer", "1.0", "1.1")));
        Suspect mailer = suspect(board, "library:org.mail:mailer");
        assertThat(mailer.finding()).isEqualTo(Finding.CLEARED);
        assertThat(String.join(" ", mailer.evidence()))
                .contains("none of the 1 types that grow is its own", "session-store@2.3.1", "not advised");
    }

    @Test
    void aSchemaUpdateThatTouchedNoGrowingTypeIsCleared() {
        List<Suspect> board = SuspectBoard.judge(leakAfter(new SchemaChange(START.plusSeconds(30), "V7 add index")));
        assertThat(finding(board, "schema:V7 add index")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void settingsThatWereChangedBeforeTheGrowthAreOpenUntilAReleaseIsKnownToHaveBroughtIt() {
        Change settings = new ConfigurationChange(START.plusSeconds(45), "shop (cache size)");
        assertThat(rules(SuspectBoard.judge(leakAfter(settings)), "configuration:shop (cache size)"))
                .containsExactly("configuration.time-alone");
        List<Suspect> board = SuspectBoard.judge(leakAfter(
                settings, new LibraryChange(START.plusSeconds(50), "com.shop:session-store", "2.3.0", "2.3.1")));
        assertThat(finding(board, "configuration:shop (cache size)")).isEqualTo(Finding.CLEARED);
        assertThat(rules(board, "configuration:shop (cache size)"))
                .containsExactly("configuration.a-release-brought-the-owner");
    }

    @Test
    void settingsThatWereChangedAfterTheGrowthBeganAreCleared() {
        List<Suspect> board =
                SuspectBoard.judge(leakAfter(new ConfigurationChange(START.plusSeconds(200), "shop (cache size)")));
        assertThat(finding(board, "configuration:shop (cache size)")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void aReleaseAfterTheGrowthBeganIsCleared() {
        List<Suspect> board =
                SuspectBoard.judge(leakAfter(new ReleaseChange(START.plusSeconds(200), "shop", "2.3.1", "2.3.2")));
        assertThat(finding(board, "release:shop@2.3.2")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void aReleaseIsNeverImplicatedByItsTimeAlone() {
        List<Suspect> board =
                SuspectBoard.judge(leakAfter(new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1")));
        assertThat(finding(board, "release:shop@2.3.1")).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(rules(board, "release:shop@2.3.1"))
                .containsExactly("change.growth-began-after", "release.time-alone");
    }

    @Test
    void theLastReleaseIsImplicatedWhenTheOneBeforeItWasSeenNotToLeak() {
        List<Suspect> board =
                SuspectBoard.judge(leakAfter(new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1", true)));
        assertThat(finding(board, "release:shop@2.3.1")).isEqualTo(Finding.IMPLICATED);
        assertThat(rules(board, "release:shop@2.3.1")).contains("release.predecessor-was-good");
    }

    @Test
    void aReleaseThatAddsTheLeakingLibraryIsImplicated() {
        List<Suspect> board = SuspectBoard.judge(leakAfter(
                new ReleaseChange(START.plusSeconds(50), "shop", "2.3.0", "2.3.1"),
                new LibraryChange(START.plusSeconds(50), "com.shop:session-store", "", "2.3.1")));
        assertThat(finding(board, "release:shop@2.3.1")).isEqualTo(Finding.IMPLICATED);
        assertThat(String.join(" ", suspect(board, "release:shop@2.3.1").evidence()))
                .contains("which this release brought in version 2.3.1");
    }

    @Test
    void theLatestReleaseIsClearedWhenTheOneBeforeItBroughtTheLeakingLibrary() {
        List<Suspect> board = SuspectBoard.judge(leakAfter(
                new ReleaseChange(START.plusSeconds(40), "shop", "2.3.0", "2.3.1"),
                new LibraryChange(START.plusSeconds(40), "com.shop:session-store", "2.3.0", "2.3.1"),
                new ReleaseChange(START.plusSeconds(55), "shop", "2.3.1", "2.4.0"),
                new LibraryChange(START.plusSeconds(55), "com.shop:availability", "", "1.0.0")));
        assertThat(finding(board, "release:shop@2.4.0")).isEqualTo(Finding.CLEARED);
        assertThat(rules(board, "release:shop@2.4.0")).contains("release.left-the-owner-as-it-was");
        assertThat(finding(board, "library:com.shop:availability")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void trafficIsClearedWhenRequestsStayedLevelWhileMemoryGrew() {
        Observations level = leakAfter().with(List.of(), Map.of(Series.REQUESTS, series(40, 41)));
        assertThat(finding(SuspectBoard.judge(level), "traffic-surge")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void trafficThatDoubledDoesNotDecideALeak() {
        Observations surge = leakAfter().with(List.of(), Map.of(Series.REQUESTS, series(40, 90)));
        assertThat(finding(SuspectBoard.judge(surge), "traffic-surge")).isEqualTo(Finding.INCONCLUSIVE);
    }

    @Test
    void whatWasNotSeenIsNotMeasured() {
        List<Suspect> board = SuspectBoard.judge(leakAfter());
        assertThat(finding(board, "traffic-surge")).isEqualTo(Finding.NOT_MEASURED);
        assertThat(finding(board, "schema")).isEqualTo(Finding.NOT_MEASURED);
        assertThat(finding(board, "release")).isEqualTo(Finding.NOT_MEASURED);
    }

    @Test
    void sessionsThatPileUpAreImplicatedAndCapacityIsCleared() {
        List<Suspect> board = SuspectBoard.judge(leakAfter());
        assertThat(finding(board, "sessions")).isEqualTo(Finding.IMPLICATED);
        assertThat(finding(board, "capacity")).isEqualTo(Finding.CLEARED);
        assertThat(finding(board, "cache")).isEqualTo(Finding.CLEARED);
    }

    @Test
    void threadsThatGrowBesideAnExplainedLeakAreNotBlamedForIt() {
        Judgement leak = new Judgement(Series.LIVE_SET, LEAK);
        Judgement threads = new Judgement(Series.THREADS, LEAK);
        Observations beside = new Observations(
                new Measured(
                        START, NOW, Map.of(Series.THREADS, series(40, 64)), Map.of(), List.of(leak, threads), leak),
                new Held(true, SESSIONS.accumulating(), Map.of(), false, Optional.of(SESSIONS)));
        assertThat(finding(SuspectBoard.judge(beside), "threads")).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(rules(SuspectBoard.judge(beside), "threads")).containsExactly("resource.grows-beside-the-culprit");
    }

    /// In a run of the drill `connections` the pool stayed at its ten, for the feature opened its own beside it.
    @Test
    void connectionsThatPileUpAreNotClearedByAPoolThatStaysLevel() {
        Culprit culprit = new Culprit(
                Shape.THREADS,
                List.of(new Accumulation("org.postgresql.jdbc.PgConnection", 4_978, 756_653)),
                List.of("thread \"http-nio-8080-exec-18\""),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Observations beside = observations(
                new Judgement(Series.LIVE_SET, LEAK),
                Optional.of(culprit),
                List.of(),
                Map.of(Series.CONNECTIONS_IN_USE, series(10, 10)),
                Map.of());
        assertThat(finding(SuspectBoard.judge(beside), "connections")).isEqualTo(Finding.IMPLICATED);
        assertThat(rules(SuspectBoard.judge(beside), "connections")).containsExactly("resource.leads-what-piles-up");
    }

    @Test
    void aSteadyHeapNearItsLimitImplicatesTheLimit() {
        Judgement steady = new Judgement(Series.LIVE_SET, new Steady("no change"));
        Observations cramped = observations(
                steady,
                Optional.empty(),
                List.of(),
                Map.of(Series.LIVE_SET, series(900, 900)),
                Map.of(Series.LIVE_SET, 1000.0));
        assertThat(finding(SuspectBoard.judge(cramped), "limit")).isEqualTo(Finding.IMPLICATED);
    }

    @Test
    void equalObservationsGiveAnEqualBoard() {
        assertThat(SuspectBoard.judge(leakAfter())).isEqualTo(SuspectBoard.judge(leakAfter()));
    }

    private static List<String> rules(List<Suspect> board, String id) {
        return suspect(board, id).clues().stream().map(Clue::rule).toList();
    }

    private static Observations leakAfter(Change... changes) {
        return observations(
                new Judgement(Series.LIVE_SET, LEAK), Optional.of(SESSIONS), List.of(changes), Map.of(), Map.of());
    }

    private static Observations observations(
            Judgement overall,
            Optional<Culprit> culprit,
            List<Change> changes,
            Map<Series, List<Sample>> histories,
            Map<Series, Double> limits) {
        return new Observations(
                        new Measured(START, NOW, histories, limits, List.of(overall), overall),
                        new Held(
                                true,
                                culprit.map(Culprit::accumulating).orElse(List.of()),
                                Map.of("com.shop.session.CartSession", "pkg:maven/com.shop/session-store@2.3.1"),
                                false,
                                culprit))
                .with(changes, Map.of());
    }

    private static List<Sample> series(double early, double late) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            samples.add(new Sample(START.plusSeconds(10L * i), i < 6 ? early : late));
        }
        return samples;
    }

    private static Suspect suspect(List<Suspect> board, String id) {
        return board.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }

    private static Finding finding(List<Suspect> board, String id) {
        return suspect(board, id).finding();
    }
}
