package io.staunch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostmortemTest {
    @TempDir
    Path directory;

    @Test
    void itHasTheSectionsOfAPostmortemInTheirOrder() throws IOException {
        assertThat(headings(plain()))
                .containsExactly(
                        "Issue summary",
                        "Timeline",
                        "Root cause",
                        "Resolution",
                        "What was ruled out, and why",
                        "The journey to the cause",
                        "Corrective and preventative measures",
                        "What watching cost");
    }

    @Test
    void theSummaryHasDurationImpactAndRootCause() throws IOException {
        assertThat(plain())
                .contains("| **Duration** | 2 min 38 s (12:00:00 to 12:02:38 UTC) |")
                .contains("12.5 % of users hit; 30 checkouts lost against the rate of before; "
                        + "95 % of requests within 48 ms, before 12 ms")
                .contains("`com.example.cart.CartEntry` piles up in `com.example.cart.CartStore.entries`, "
                        + "`pkg:maven/com.example/cart-store@2.4.0`")
                .contains("| **Detected** | 12:00:40, 40 s after it began |")
                .contains("| **Cause named** | 12:01:01, 21 s after detection |");
    }

    @Test
    void theTimelineIsInOrderAndShowsTheMisleadingPathWithItsEvidence() throws IOException {
        List<String> times = Pattern.compile("(?m)^- \\*\\*(\\d\\d:\\d\\d:\\d\\d)\\*\\*")
                .matcher(plain())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(times)
                .isSorted()
                .hasSizeGreaterThan(10)
                .startsWith("11:59:00")
                .endsWith("12:02:40");
        assertThat(plain())
                .containsSubsequence(
                        "- **12:01:01** *Misleading path.* Cleared after suspicion: schema update V4.",
                        "  - It touched no type that grows.");
    }

    @Test
    void anActInVainAndTheCureAreToldApart() throws IOException {
        assertThat(plain())
                .contains("The restart did not end the growth: it was back within 20 s.")
                .contains("It ended when release 2.4.1 was put in place (upgrade).")
                .contains("**Did not end it.** Live set grew by 9.54 MiB a minute before it, and by 9.38 MiB a minute "
                        + "in the 20 s after it.")
                .contains("**Ended the growth.** Live set grew by 9.54 MiB a minute before it, and not at all in the "
                        + "20 s after it.");
    }

    @Test
    void everySuspectIsInTheTableWithItsFinding() throws IOException {
        assertThat(plain())
                .contains("| Release 2.4.0 | The growth began 2 s after it. | **implicated** |")
                .contains("| Schema update V4 | It touched no type that grows. | ruled out |")
                .contains("| Network | Nothing was seen that bears on it. | not measured |");
    }

    @Test
    void everyMeasureHasAnOwnerADayAndItsFinding() throws IOException {
        List<Measure> measures = Postmortem.measures(SessionsIncident.recordedIn(directory));
        assertThat(measures).hasSizeGreaterThanOrEqualTo(8).allSatisfy(measure -> {
            assertThat(measure.owner()).isNotBlank();
            assertThat(measure.due()).containsPattern("\\d{1,2} March 2026");
            assertThat(measure.because()).isNotBlank();
        });
        assertThat(measures)
                .extracting(Measure::task)
                .anySatisfy(task -> assertThat(task).contains("Bar release 2.4.0"))
                .anySatisfy(task -> assertThat(task).contains("fills `com.example.cart.CartStore.entries`"))
                .anySatisfy(task -> assertThat(task).contains("at least 2 min"))
                .anySatisfy(task -> assertThat(task).contains("network"));
    }

    @Test
    void theJourneyDrawsEachSuspectUntilItsEnd() throws IOException {
        assertThat(Journey.draw(SessionsIncident.recordedIn(directory)))
                .anyMatch(line -> line.matches("schema update V4 +·+\\?+=+ +cleared 12:01:01"))
                .anyMatch(line -> line.matches("release 2.4.0 +·+#+ +implicated 12:01:01"))
                .anyMatch(line -> line.matches("incident .*D─*C.*A.*R.*"))
                .noneMatch(line -> line.startsWith("network"));
    }

    @Test
    void whatWasNotMeasuredIsSaidToBeSo() throws IOException {
        Incident bare = SessionsIncident.opened(directory).close(SessionsIncident.after(100));
        assertThat(Postmortem.markdown(bare, Tone.PLAIN))
                .contains("| **Impact** | not measured |")
                .contains("| **Root cause** | not found |")
                .contains("| **Recovered** | not seen to recover |")
                .contains("closed, not recovered")
                .contains("Nothing was done against it through Staunch.")
                .contains("It was not measured.")
                .doesNotContain("null")
                .doesNotContain("Optional");
    }

    @Test
    void theWryToneTellsTheSameFacts() throws IOException {
        Incident incident = SessionsIncident.recordedIn(directory);
        String plain = Postmortem.markdown(incident, Tone.PLAIN);
        String wry = Postmortem.markdown(incident, Tone.WRY);
        assertThat(figures(wry)).isEqualTo(figures(plain));
        assertThat(wry).isNotEqualTo(plain).contains("may go home");
    }

    private String plain() throws IOException {
        return Postmortem.markdown(SessionsIncident.recordedIn(directory), Tone.PLAIN);
    }

    private static List<String> headings(String markdown) {
        return markdown.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    private static List<String> figures(String markdown) {
        return Pattern.compile("\\d+")
                .matcher(markdown)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
