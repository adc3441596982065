package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReleasesTest {
    private static final Instant ONE = Instant.parse("2026-03-01T01:00:00Z");
    private static final Library OLD = new Library("pkg:maven/com.shop/session@2.3.0");
    private static final Library NEW = new Library("pkg:maven/com.shop/session@2.4.0");
    private static final Library AUTH = new Library("pkg:maven/com.shop/auth@1.0.0");

    private final Releases releases = new Releases(
            "api",
            List.of(
                    new Release("api", "2.3", Optional.empty(), List.of(OLD, AUTH)),
                    new Release("api", "2.4", Optional.empty(), List.of(NEW))),
            List.of(placed(ONE.plusSeconds(60), "2.4"), placed(ONE, "2.3")));

    @Test
    void theReleaseOfATimeIsTheLastOnePutInPlaceBeforeIt() {
        assertThat(releases.at(ONE.plusSeconds(59)).orElseThrow().version()).isEqualTo("2.3");
        assertThat(releases.at(ONE.plusSeconds(60)).orElseThrow().version()).isEqualTo("2.4");
        assertThat(releases.at(ONE.minusSeconds(1))).isEmpty();
        assertThat(releases.current().orElseThrow().version()).isEqualTo("2.4");
    }

    @Test
    void aReleaseBroughtWhatTheOneBeforeItHadNot() {
        LibraryDifference difference =
                releases.broughtBy(releases.current().orElseThrow()).orElseThrow();
        assertThat(difference.changed()).containsExactly(new LibraryDifference.Changed(OLD, NEW));
        assertThat(difference.removed()).containsExactly(AUTH);
        assertThat(difference.added()).isEmpty();
        assertThat(difference.brought(NEW.purl())).isTrue();
        assertThat(difference.brought(AUTH.purl())).isFalse();
    }

    @Test
    void aPackageUrlSplitsIntoCoordinatesAndVersion() {
        assertThat(OLD.coordinates()).isEqualTo("pkg:maven/com.shop/session");
        assertThat(OLD.version()).isEqualTo("2.3.0");
        assertThat(OLD.shortName()).isEqualTo("session");
        assertThat(new Library("pkg:npm/@scope/part").version()).isEmpty();
    }

    private static RecordedChange placed(Instant at, String version) {
        return new RecordedChange(at, RecordedChange.Kind.RELEASE, "api", version, false, "test");
    }
}
