package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against the examples and rules of Maven's POM reference, "Version Order Specification".
class MavenVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1.1",
        "1-snapshot, 1",
        "1, 1-sp",
        "1-foo2, 1-foo10",
        "1-foo, 1-1",
        "1-1, 1.1",
        "1.0-alpha-1, 1.0-beta-1",
        "1.0-alpha-1, 1.0",
        "1-alpha, 1-beta",
        "1-beta, 1-milestone",
        "1-milestone, 1-rc",
        "1-rc, 1-snapshot",
        "1-sp, 1-whatever",
        "1-sp, 1-1",
        "9.9, 10.0",
        "4.1.9.Final, 4.1.94.Final",
        "5.3.0.M1, 5.3.0",
        "5.3.0.RC1, 5.3.0.RELEASE",
        "2.0.0-alpha7, 2.0.0-beta1",
        "1.2.83, 1.2.83_noneautotype",
        "31.0.1-android, 31.1-android",
        "9.4.30.v20200611, 9.4.31.v20200723",
        "1.1.33.Fork23, 1.1.33.Fork26",
        "1.0.RC2, 1.0-RC3",
        "1.0-RC3, 1.0.1",
    })
    void theFirstComesBeforeTheSecond(String first, String second) {
        assertThat(new MavenVersion(first)).isLessThan(new MavenVersion(second));
        assertThat(new MavenVersion(second)).isGreaterThan(new MavenVersion(first));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "1.ga, 1-ga",
        "1-ga, 1-0",
        "1-0, 1.0",
        "1.0, 1",
        "1-a1, 1-alpha-1",
        "1.0.0-foo.0.0, 1.0.0-foo",
        "1.0.0-0.0.0, 1",
        "4.1.94.Final, 4.1.94",
        "5.3.13.RELEASE, 5.3.13",
        "1-cr1, 1-rc1",
        "1.0.RC2, 1.0-rc2",
    })
    void bothAreTheSame(String one, String other) {
        assertThat(new MavenVersion(one)).isEqualByComparingTo(new MavenVersion(other));
    }

    @Test
    void aRangeTakesInWhatItsBracketsSay() {
        VersionRange range = VersionRange.of("[4.1.0,4.1.94.Final)").orElseThrow();
        assertThat(List.of("4.1.0.Final", "4.1.93.Final"))
                .allMatch(version -> range.contains(new MavenVersion(version)));
        assertThat(List.of("4.0.56.Final", "4.1.94.Final", "4.2.0.Final", "4.1.0.CR7"))
                .noneMatch(version -> range.contains(new MavenVersion(version)));
        assertThat(range.next()).hasValue(new MavenVersion("4.1.94"));
        assertThat(VersionRange.of("(,1.2]").orElseThrow().contains(new MavenVersion("1.2")))
                .isTrue();
        assertThat(VersionRange.of("[2,1)")).isEmpty();
        assertThat(VersionRange.of("1.2")).isEmpty();
    }
}
