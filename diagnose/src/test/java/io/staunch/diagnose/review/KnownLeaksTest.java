package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownLeaksTest {
    private static final List<KnownLeak> SHIPPED = KnownLeaks.shipped().all();

    @Test
    void thereAreManyAndEachHasAnIdOfItsOwnASentenceAndAReference() {
        assertThat(SHIPPED).hasSizeGreaterThanOrEqualTo(25);
        assertThat(SHIPPED).extracting(KnownLeak::id).doesNotHaveDuplicates();
        assertThat(SHIPPED).extracting(KnownLeak::what).allMatch(what -> what.matches("[A-Z].*\\."));
        assertThat(SHIPPED).extracting(KnownLeak::reference).allMatch(url -> url.matches("https://[^\\s]+"));
    }

    @Test
    void theVersionToGoToIsAReleaseThatIsNotAffected() {
        for (KnownLeak leak : SHIPPED) {
            for (VersionRange range : leak.affected()) {
                MavenVersion next = range.next().orElseThrow();
                assertThat(next.isRelease()).as(leak.id()).isTrue();
                assertThat(leak.affects(next.toString())).as(leak.id()).isFalse();
            }
        }
    }

    @Test
    void theFixOfALibrarysOwnLineOfReleasesIsNamed() {
        KnownLeaks known = KnownLeaks.shipped();
        assertThat(known.of("pkg:maven/io.vertx/vertx-core@4.4.6"))
                .extracting(leak -> leak.fixedIn("4.4.6").orElseThrow())
                .containsExactly("4.4.7", "4.4.8");
        assertThat(known.of("pkg:maven/io.vertx/vertx-core@4.5.2"))
                .extracting(KnownLeak::id)
                .containsExactly("CVE-2024-1300");
        assertThat(known.of("pkg:maven/io.vertx/vertx-core@4.5.3")).isEmpty();
        assertThat(known.of("pkg:maven/io.vertx/vertx-core")).isEmpty();
        assertThat(known.of("pkg:maven/org.elsewhere/vertx-core@4.5.2")).isEmpty();
    }

    @Test
    void aLeakExplainsOnlyWhatItsTypesName() {
        KnownLeaks known = KnownLeaks.shipped();
        String purl = "pkg:maven/io.opentelemetry/opentelemetry-exporter-common@1.45.0";
        String type = "io.opentelemetry.exporter.internal.marshal.MarshalerContext";
        assertThat(known.explaining(purl, List.of("byte[]", type))).isPresent();
        assertThat(known.explaining(purl, List.of("static " + type + ".pool"))).isPresent();
        assertThat(known.explaining(purl, List.of(type + "Other", "byte[]"))).isEmpty();
        assertThat(known.explaining(purl.replace("1.45.0", "1.47.0"), List.of(type)))
                .isEmpty();
    }

    @Test
    void anEntryThatIsNotWholeIsNamedWithItsLine() {
        assertThatThrownBy(() -> KnownLeaks.parse("id: a\nlibrary: netty\n", "leaks.txt"))
                .hasMessage(
                        "leaks.txt line 3 (end of entry a): expected a library as pkg:maven/GROUP/ARTIFACT, found [netty]");
        assertThatThrownBy(() -> KnownLeaks.parse("id: a\nid: b\n", "leaks.txt"))
                .hasMessageStartingWith("leaks.txt line 2");
        assertThatThrownBy(() -> KnownLeaks.parse(
                        "id: a\nlibrary: pkg:maven/a/b\naffected: 1 to 2\nwhat: W.\nreference: r\n", "leaks.txt"))
                .hasMessageContaining("expected ranges such as [4.1.0,4.1.94), found 1 to 2");
        assertThatThrownBy(() -> KnownLeaks.parse("id: a\nlibrary: pkg:maven/a/b\naffected: [1,2)\n", "leaks.txt"))
                .hasMessageContaining("expected «what», found none");
    }
}
