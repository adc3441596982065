package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Verdict.Unknown;
import io.staunch.remedy.Mode;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.RecordedChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// In a run of the drill `connections` the cause was known 4 s after the leak was called, and told 82 s after it.
class EarlyWordTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T04:57:50Z");
    private static final String PURL = "pkg:maven/io.staunch.shop/availability@1.0.0";

    private final List<RecordedChange> changes =
            new ArrayList<>(List.of(release(STARTED.minusSeconds(7_200), "2.4.1"), release(STARTED, "2.5.0")));
    private final List<String> told = new ArrayList<>();
    private final Subject process = new Subject("1", STARTED);
    private final EarlyWord word = new EarlyWord(Service.Kind.JVM, ledger(), told::add);

    @Test
    void aLeakIsSaidAtOnceAndItsCauseAsSoonAsItIsWhole() throws Exception {
        process.leaksWithout();
        look(30);
        look(33);
        assertThat(told).singleElement().asString().startsWith("may leak: live set grows");
        assertThat(word.said()).isEmpty();

        process.leaksBy("ReportConnections", PURL);
        look(36);
        assertThat(told)
                .contains("what piles up: ReportConnections, 100 more a minute", "which release brought it: 2.5.0")
                .contains("who owns it: " + PURL);
        assertThat(word.said()).map(EarlyWord.Said::at).contains(STARTED.plusSeconds(36));
    }

    @Test
    void whatIsKnownIsToldOnce() throws Exception {
        process.leaksBy("ReportConnections", PURL);
        look(36);
        int lines = told.size();
        look(39);
        assertThat(told).hasSize(lines);
        assertThat(word.said()).map(EarlyWord.Said::at).contains(STARTED.plusSeconds(36));
    }

    @Test
    void aCauseThatTurnsOutToBeAnotherCountsFromWhenItWasCorrected() throws Exception {
        process.leaksBy("Session", "pkg:maven/org.apache.tomcat/tomcat-catalina@10");
        look(36);
        process.leaksBy("ReportConnections", PURL);
        look(60);
        assertThat(told).contains("it would be another cause:");
        assertThat(word.said()).map(EarlyWord.Said::at).contains(STARTED.plusSeconds(60));
    }

    @Test
    void noReleaseIsBlamedBeforeTheOneThatRunsWasAnnounced() throws Exception {
        changes.removeLast();
        process.leaksBy("ReportConnections", PURL);
        look(36);
        assertThat(word.said()).isEmpty();
        changes.add(release(STARTED.plusSeconds(40), "2.5.0"));
        look(41);
        assertThat(word.said()).map(EarlyWord.Said::at).contains(STARTED.plusSeconds(41));
    }

    @Test
    void aLeakThatIsNotSeenAnyMoreIsTakenBack() throws Exception {
        process.leaksBy("ReportConnections", PURL);
        look(36);
        process.is(new Unknown("its lows do not rise any more"), Optional.empty());
        for (long seconds = 40; seconds < 60; seconds += 2) {
            word.isCalm(process, STARTED.plusSeconds(seconds));
        }
        assertThat(word.said()).isPresent();
        word.isCalm(process, STARTED.plusSeconds(60));
        word.isCalm(process, STARTED.plusSeconds(62));
        assertThat(told).filteredOn(line -> line.startsWith("takes it back")).hasSize(1);
        assertThat(word.said()).isEmpty();
    }

    @Test
    void aVerdictThatComesAndGoesIsToldOnce() throws Exception {
        process.leaksBy("ReportConnections", PURL);
        look(36);
        word.isCalm(process, STARTED.plusSeconds(40));
        look(44);
        word.isCalm(process, STARTED.plusSeconds(62));
        look(66);
        assertThat(told).filteredOn(line -> line.startsWith("may leak")).hasSize(1);
        assertThat(word.since()).contains(STARTED.plusSeconds(36));
        assertThat(word.said()).map(EarlyWord.Said::at).contains(STARTED.plusSeconds(36));
    }

    @Test
    void whatWasSaidOfAProcessDoesNotCountForTheNext() throws Exception {
        process.leaksBy("ReportConnections", PURL);
        look(36);
        Subject next = new Subject("2", STARTED);
        next.leaksWithout();
        word.leaks(next, Set.of(), STARTED.plusSeconds(90));
        assertThat(word.said()).isEmpty();
    }

    private void look(long seconds) throws InterruptedException {
        word.leaks(process, Set.of("2.4.1"), STARTED.plusSeconds(seconds));
    }

    private Ledger ledger() {
        Service service = new Service(
                "shop", Service.Kind.JVM, new ToldReleases("shop", () -> changes), Mode.OBSERVE, Set.of("2.4.1"));
        return new Ledger(new Attention(() -> service, Subject.NOWHERE), told::add);
    }

    private static RecordedChange release(Instant at, String version) {
        return new RecordedChange(at, Kind.RELEASE, "shop", version, false, "test");
    }
}
