package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Shape;
import io.staunch.remedy.Budget;
import io.staunch.remedy.Library;
import io.staunch.remedy.Mode;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import io.staunch.remedy.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The drill `auth`: 2.6.0 took shop-auth 1.3.0, 2.6.1 lies ready with 1.3.1.
class OptionsTest {
    private static final String API = "shop-api";
    private static final Instant OPENED = Instant.parse("2026-11-21T01:31:00Z");
    private static final Culprit AUTH = new Culprit(
            Shape.OBJECTS,
            List.of(new Accumulation("io.staunch.shop.auth.ReplayWindow", 84_900, 7e8)),
            List.of("io.staunch.shop.auth.LoginTokens.windows"),
            List.of(),
            Optional.of("pkg:maven/io.staunch.shop/shop-auth@1.3.0"),
            Optional.empty(),
            Optional.empty());

    @Test
    void theWayBackComesFirstThenTheFixedLibraryThenARestart() {
        assertThat(candidates()).extracting(Remedy::act).containsExactly("rollback", "upgrade", "restart");
        assertThat(candidates().get(1).order()).isEqualTo("deploy shop-api release 2.6.1 with shop-auth 1.3.1");
    }

    @Test
    void withoutACulpritNoLibraryIsExchanged() {
        assertThat(Options.candidates(releases(), Set.of("2.4.1"), Optional.empty()))
                .extracting(Remedy::act)
                .containsExactly("rollback", "restart");
    }

    @Test
    void whatWasTriedInVainIsNotOfferedAgain() {
        Options options = Options.weigh(
                candidates(), Set.of(candidates().getFirst().order()), situation(Optional.empty(), "2.6.0"));
        assertThat(options.allowed()).extracting(Remedy::act).containsExactly("upgrade", "restart");
    }

    @Test
    void aRollbackOfAReleaseThatIsNotImplicatedIsRefusedWithItsReason() {
        Options options = Options.weigh(candidates(), Set.of(), situation(Optional.empty(), "2.5.9"));
        assertThat(options.allowed()).extracting(Remedy::act).containsExactly("upgrade", "restart");
        assertThat(options.refused()).singleElement().asString().contains("implicated-release-only", "2.5.9 is");
    }

    @Test
    void onceTheKillSwitchIsThrownNothingIsOffered() {
        Options options = Options.weigh(candidates(), Set.of(), situation(Optional.of("jo"), "2.6.0"));
        assertThat(options.allowed()).isEmpty();
        assertThat(options.refused())
                .hasSize(3)
                .allSatisfy(why -> assertThat(why).contains("kill-switch"));
    }

    private static List<Remedy> candidates() {
        return Options.candidates(releases(), Set.of("2.4.1"), Optional.of(AUTH));
    }

    private static Releases releases() {
        return new Releases(
                API,
                List.of(release("2.4.1", "1.2.0"), release("2.6.0", "1.3.0"), release("2.6.1", "1.3.1")),
                List.of(placed(OPENED, "2.4.1"), placed(OPENED.plusSeconds(20), "2.6.0")));
    }

    private static Release release(String version, String auth) {
        return new Release(
                API, version, Optional.empty(), List.of(new Library("pkg:maven/io.staunch.shop/shop-auth@" + auth)));
    }

    private static RecordedChange placed(Instant at, String version) {
        return new RecordedChange(at, RecordedChange.Kind.RELEASE, API, version, false, "a test");
    }

    private static Situation situation(Optional<String> killSwitch, String guilty) {
        return new Situation(
                OPENED.plusSeconds(90),
                Mode.APPROVE,
                true,
                new Situation.Judge.Implicates(guilty),
                Set.of("2.4.1"),
                List.of(),
                Budget.DEFAULT,
                killSwitch,
                releases(),
                true,
                Set.of(API));
    }
}
