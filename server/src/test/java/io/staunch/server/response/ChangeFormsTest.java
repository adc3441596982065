package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.diagnose.Change;
import io.staunch.remedy.Library;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.RecordedChange.Kind;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The drill `connections`: 2.4.1, then 2.5.0 with a new library; the leak is called a minute later.
class ChangeFormsTest {
    private static final String API = "shop-api";
    private static final Instant OPENED = Instant.parse("2026-11-21T01:24:00Z");
    private static final Instant DEPLOYED = OPENED.plusSeconds(60);
    private static final Instant DETECTED = OPENED.plusSeconds(120);
    private static final Instant NOW = OPENED.plusSeconds(180);

    @Test
    void aLibraryThatTheReleaseAddedHasNoVersionBefore() {
        assertThat(forms(Set.of()))
                .contains(
                        new Change.ReleaseChange(DEPLOYED, API, "2.4.1", "2.5.0", false),
                        new Change.LibraryChange(DEPLOYED, "io.staunch.shop:availability", "", "1.0.0"));
    }

    @Test
    void thePredecessorIsKnownToBeGoodIfItWasSeenOrNamedSo() {
        assertThat(forms(Set.of("2.4.1"))).contains(new Change.ReleaseChange(DEPLOYED, API, "2.4.1", "2.5.0", true));
    }

    @Test
    void aReleaseOfAnotherServiceIsNoReleaseOfThisOne() {
        assertThat(forms(Set.of(), change(DEPLOYED, Kind.RELEASE, "payment-gateway", "1.9.0")))
                .contains(new Change.ReleaseElsewhere(DEPLOYED, "payment-gateway", "1.9.0"));
    }

    @Test
    void whatWasChangedAfterTheLeakWasCalledDidNotBringIt() {
        assertThat(forms(
                        Set.of(),
                        change(NOW.minusSeconds(5), Kind.SCHEMA, "database", "5"),
                        change(NOW.minusSeconds(5), Kind.RELEASE, "payment-gateway", "1.9.0")))
                .noneMatch(change -> change.at().isAfter(DETECTED));
    }

    @Test
    void settingsThatWereChangedBeforeTheLeakWasCalledAreSuspected() {
        assertThat(forms(Set.of(), change(DEPLOYED, Kind.CONFIGURATION, API, "heap")))
                .contains(new Change.ConfigurationChange(DEPLOYED, API + " (heap)"));
        assertThat(forms(Set.of(), change(NOW.minusSeconds(5), Kind.CONFIGURATION, API, "heap")))
                .noneMatch(Change.ConfigurationChange.class::isInstance);
    }

    @Test
    void aRestartNextDoorCountsUntilNow() {
        Instant restarted = NOW.minusSeconds(20);
        assertThat(forms(Set.of(), change(restarted, Kind.RESTART, "shop-balancer", "1.0.0")))
                .contains(new Change.Restart(restarted, "shop-balancer"));
    }

    private static List<Change> forms(Set<String> good, RecordedChange... more) {
        List<RecordedChange> changes = new java.util.ArrayList<>(
                List.of(change(OPENED, Kind.RELEASE, API, "2.4.1"), change(DEPLOYED, Kind.RELEASE, API, "2.5.0")));
        changes.addAll(Arrays.asList(more));
        Releases releases = new Releases(
                API,
                List.of(
                        new Release(API, "2.4.1", Optional.empty(), List.of()),
                        new Release(
                                API,
                                "2.5.0",
                                Optional.empty(),
                                List.of(new Library("pkg:maven/io.staunch.shop/availability@1.0.0")))),
                changes);
        return ChangeForms.of(releases, OPENED.plusSeconds(1), DETECTED, NOW, good);
    }

    private static RecordedChange change(Instant at, Kind kind, String service, String what) {
        return new RecordedChange(at, kind, service, what, false, "a test");
    }
}
