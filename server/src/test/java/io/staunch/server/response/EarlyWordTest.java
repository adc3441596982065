package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Cost;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Shape;
import io.staunch.remedy.Mode;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.RecordedChange.Kind;
import io.staunch.server.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// In a run of the drill `connections` the cause was known 4 s after the leak was called, and told 82 s after it.
class EarlyWordTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T04:57:50Z");
    private static final String PURL = "pkg:maven/io.staunch.shop/availability@1.0.0";

    private final List<RecordedChange> changes =
            new ArrayList<>(List.of(release(STARTED.minusSeconds(7_200), "2.4.1"), release(STARTED, "2.5.0")));
    private final List<String> told = new ArrayList<>();
    private final Subject process = new Subject("1");
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
        assertThat(told).contains("the cause is another:");
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
        word.isCalm(process);
        word.isCalm(process);
        assertThat(told).filteredOn(line -> line.startsWith("takes it back")).hasSize(1);
        assertThat(word.said()).isEmpty();
    }

    @Test
    void whatWasSaidOfAProcessDoesNotCountForTheNext() throws Exception {
        process.leaksBy("ReportConnections", PURL);
        look(36);
        Subject next = new Subject("2");
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
        return new Ledger(new Attention(() -> service, new Nothing()), told::add);
    }

    private static RecordedChange release(Instant at, String version) {
        return new RecordedChange(at, Kind.RELEASE, "shop", version, false, "test");
    }

    private record Nothing() implements Sight {
        @Override
        public List<Running> running() {
            return List.of();
        }

        @Override
        public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
            return Optional.empty();
        }
    }

    private static final class Subject implements Watched {
        private final String id;
        private Verdict verdict = new Unknown("nothing was measured yet");
        private Optional<Culprit> culprit = Optional.empty();

        Subject(String id) {
            this.id = id;
        }

        void is(Verdict now, Optional<Culprit> named) {
            verdict = now;
            culprit = named;
        }

        void leaksWithout() {
            is(leaking(), Optional.empty());
        }

        void leaksBy(String type, String purl) {
            is(
                    leaking(),
                    Optional.of(new Culprit(
                            Shape.CONNECTIONS,
                            List.of(new Accumulation(type, 6_000, 1e8)),
                            List.of("static ReportConnections.open"),
                            List.of(),
                            Optional.of(purl),
                            Optional.empty(),
                            Optional.empty())));
        }

        private static Leaking leaking() {
            return new Leaking(
                    new Rate(6e8, 5e8, 7e8), STARTED.plusSeconds(4), Optional.empty(), 0.999, "live set grows");
        }

        @Override
        public Running process() {
            return new Running(id, 1, STARTED, true);
        }

        @Override
        public String label() {
            return "jvm " + id;
        }

        @Override
        public Optional<String> release() {
            return Optional.of("2.5.0");
        }

        @Override
        public Known soFar() {
            Judgement overall = new Judgement(Series.LIVE_SET, verdict);
            Instant now = STARTED.plusSeconds(30);
            Measured measured = new Measured(STARTED, now, Map.of(), Map.of(), List.of(overall), overall);
            return new Known(
                    STARTED,
                    Duration.ofSeconds(30),
                    new Diagnosis(now, overall, List.of(overall), culprit, List.of(), "wait"),
                    new Observations(measured, Held.UNKNOWN),
                    culprit.isPresent());
        }

        @Override
        public Cost cost() {
            return Cost.NONE;
        }

        @Override
        public void close() {}
    }
}
