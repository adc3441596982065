package io.staunch.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.staunch.diagnose.Finding;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentText;
import io.staunch.server.HeapShelf;
import io.staunch.server.WatchedTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page in a real browser, over the recordings of the five drills. Needs Debian's `chromium`.
@Tag("slow")
class PageNeedsChromiumTest {
    @TempDir
    static Path directory;

    private static final Incident SESSIONS = Recordings.whole("sessions");
    private static final Instant NOW = Recordings.named(SESSIONS);
    private static final Incident OPEN = Recordings.asOf(SESSIONS, NOW);
    private static final WatchedTarget LEAKING = Recordings.leaking(OPEN, NOW);

    private static Chromium chromium;
    private static Stage trouble;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "needs Chromium: apt-get install chromium");
        chromium = Chromium.launch(Chromium.installed().orElseThrow());
        List<Incident> incidents = new ArrayList<>(List.of(OPEN));
        Recordings.DRILLS.stream()
                .filter(drill -> !drill.equals("sessions"))
                .map(Recordings::whole)
                .forEach(incidents::add);
        trouble = Stage.of(
                directory.resolve("trouble"),
                List.of(
                        Recordings.steady(SESSIONS, "payment-gateway", 4711),
                        LEAKING,
                        Recordings.unknown(SESSIONS, "shop-search", 5120)),
                incidents);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            trouble.close();
            chromium.close();
        }
    }

    @AfterEach
    void theBrowserComplainedOfNothing() {
        chromium.closePages();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void overviewHasTheWorstFirstAndSaysHowLongIsLeft() throws Exception {
        Page page = look("#/", false);
        assertThat(page.locator("h1")).containsText("One leak among 3 targets; one incident is open.");
        assertThat(page.locator(".row.incident.open")).containsText(IncidentText.sentence(OPEN));
        Locator rows = page.locator(".rows .row");
        assertThat(rows.nth(0)).containsText("shop-api");
        assertThat(rows.nth(0)).containsText(Pattern.compile("\\d+ min left"));
        assertThat(rows.nth(1)).containsText("shop-search");
        assertThat(rows.nth(2)).containsText("steady");
        assertThat(page).hasTitle("▲ 1 · Staunch");
        assertThat(page.locator(".panel.own")).containsText(Pattern.compile("\\d MiB\\s*of memory"));
        assertThat(page.locator(".panel.own"))
                .containsText("stood still for 354 ms and spent 1.05 s of processor time");
        Chromium.picture(page, "overview", 1300);
    }

    @Test
    void allIsWellIsSaidAsClearlyAsTrouble() throws Exception {
        try (Stage well = Stage.of(
                directory.resolve("well"),
                List.of(
                        Recordings.steady(SESSIONS, "payment-gateway", 4711),
                        Recordings.steady(SESSIONS, "shop-api", 4712)),
                List.of(SESSIONS))) {
            Page page = Chromium.go(chromium.open(false, false, NOW), well.address(), "#/");
            assertThat(page.locator("h1")).containsText("All is well: 2 targets watched, none leaks.");
            assertThat(page.locator("body")).hasAttribute("data-state", "well");
            page.context().close();
        }
    }

    @Test
    void targetHasItsTrendItsMarksItsHeapAndItsCost() throws Exception {
        Page page = look("#/t/" + LEAKING.id(), false);
        assertThat(page.locator(".panel.grown .trend")).hasCount(1);
        assertThat(page.locator(".panel.grown .interval")).hasCount(1);
        assertThat(page.locator(".panel.grown .mark").first()).isVisible();
        assertThat(page.locator(".panel.by-library .area").first()).isVisible();
        assertThat(page.locator(".panel.by-type .legend")).containsText("CartSession");
        assertThat(page.locator(".charts")).containsText("Requests per second");
        assertThat(page.locator(".panel.cost")).containsText("118 ms");
        assertThat(page.locator(".panel.suspects")).containsText("Cleared (");
        Chromium.picture(page, "target", 1400);
    }

    @ParameterizedTest
    @MethodSource("drills")
    void incidentSaysWhatItIsAndWhatItIsNot(String drill) throws Exception {
        Incident whole = Recordings.whole(drill);
        Instant then = Recordings.named(whole);
        Incident open = Recordings.asOf(whole, then);
        try (Stage stage = Stage.of(directory.resolve(drill), List.of(), List.of(open))) {
            Page page = Chromium.go(chromium.open(false, false, then), stage.address(), "#/i/" + open.id());
            assertThat(page.locator("h1")).hasText(IncidentText.sentence(open));
            assertThat(page.locator(".facts")).containsText("Time left");
            assertThat(page.locator(".chain .lead"))
                    .containsText(
                            open.culprit().orElseThrow().lead().orElseThrow().type());
            assertThat(page.locator(".board.cleared summary"))
                    .hasCount(open.suspects(Finding.CLEARED).size());
            assertThat(page.locator("ol.timeline > li"))
                    .hasCount(open.timeline().size());
            assertThat(page.locator(".panel.grown .course").first()).isVisible();
            assertThat(Chromium.barriers(page)).isEmpty();
            if (drill.equals("sessions")) {
                Chromium.picture(page, "incident", 1360);
            }
            page.context().close();
        }
    }

    static List<String> drills() {
        return Recordings.DRILLS;
    }

    @Test
    void evidenceOfASuspectIsOneClickAway() {
        Page page = look("#/i/" + OPEN.id(), false);
        Locator suspect = page.locator(".board.cleared details").first();
        assertThat(suspect.locator("li").first()).not().isVisible();
        suspect.locator("summary").click();
        assertThat(suspect.locator("li").first()).isVisible();
    }

    @Test
    void anIncidentThatIsOverSaysWhatEndedIt() {
        Incident payments = Recordings.whole("payments");
        Page page = look("#/i/" + payments.id(), false);
        assertThat(page.locator(".tried .helped")).containsText("It ended the growth.");
        assertThat(page.locator(".facts")).containsText("Lasted");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy as Markdown"))
                .click();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copied")))
                .isVisible();
        assertThat((String) page.evaluate("navigator.clipboard.readText()")).startsWith("# Postmortem: memory leak in");
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreen() throws Exception {
        for (String path : List.of(
                "#/",
                "#/t/" + LEAKING.id(),
                "#/i/" + OPEN.id(),
                "#/h",
                "#/h/" + HeapShelf.id(Recordings.heap(1)),
                "playbook",
                "playbook/sessions")) {
            Page page = Chromium.go(chromium.open(true, true, NOW), trouble.address(), path);
            assertThat(Chromium.overflow(page)).as(path).isLessThanOrEqualTo(0);
            assertThat(Chromium.barriers(page)).as(path).isEmpty();
            if (path.startsWith("#/i/")) {
                Chromium.picture(page, "incident-phone", 844);
            }
            page.context().close();
        }
    }

    @Test
    void theKeyboardAloneIsEnough() {
        Page page = look("#/", false);
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("To the content");
        tabTo(page, ".rows .row.leaking:focus");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("shop-api");
        tabTo(page, ".panel.grown .reads:focus");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator(".panel.grown .readout")).isVisible();
        assertThat(page.locator(".panel.grown .readout")).containsText("MiB");
        tabTo(page, ".board.cleared summary:focus");
        page.keyboard().press("Enter");
        assertThat(page.locator(".board.cleared details[open]")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("h1.state")).isVisible();
    }

    @Test
    void aRefreshTakesNeitherTheKeyboardsPlaceNorWhatIsOpen() {
        Page page = look("#/i/" + OPEN.id(), false);
        page.locator(".board.cleared summary").first().click();
        page.locator(".board.cleared summary").first().focus();
        int height = (Integer) page.evaluate("document.documentElement.scrollHeight");
        page.waitForResponse(answer -> answer.url().endsWith(OPEN.id()), () -> page.waitForTimeout(100));
        page.waitForResponse(answer -> answer.url().endsWith(OPEN.id()), () -> page.waitForTimeout(100));
        assertThat(page.locator(".board.cleared summary:focus")).hasCount(1);
        assertThat(page.locator(".board.cleared details[open]")).hasCount(1);
        assertThat((Integer) page.evaluate("document.documentElement.scrollHeight"))
                .isEqualTo(height);
    }

    @Test
    void whatChangesIsShownWhereItStandsAndAllElseIsLeftAlone() throws Exception {
        List<WatchedTarget> targets = new CopyOnWriteArrayList<>(List.of(
                Recordings.steady(SESSIONS, "payment-gateway", 4711),
                Recordings.unknown(SESSIONS, "shop-search", 5120)));
        try (Stage stage = Stage.of(directory.resolve("live"), targets, List.of())) {
            Page page = Chromium.go(chromium.open(false, false, NOW), stage.address(), "#/");
            assertThat(page.locator("h1")).containsText("1 of 2 targets do not leak, 1 not known yet.");
            tabTo(page, ".rows .row.steady:focus");
            page.evaluate("window.kept = document.activeElement");
            targets.set(1, Recordings.steady(SESSIONS, "shop-search", 5120));
            assertThat(page.locator("h1")).containsText("All is well: 2 targets watched, none leaks.");
            assertThat(page.locator(".rows .row.steady")).hasCount(2);
            targets.remove(1);
            assertThat(page.locator(".rows .row")).hasCount(1);
            assertThat((Boolean) page.evaluate("kept.isConnected && kept === document.activeElement"))
                    .isTrue();
            page.context().close();
        }
    }

    @Test
    void heapMapIsEnteredAndLeftByKeysAndTellsWhoseItIs() throws Exception {
        String heap = HeapShelf.id(Recordings.heap(2));
        Page page = look("#/h", false);
        assertThat(page.locator(".row.dump")).hasCount(2);
        page.locator(".row.dump a").first().click();
        assertThat(page.locator("h1")).containsText("shop-api: what its heap held");
        assertThat(page.locator(".key")).containsText("session-store 2.4.0");
        Locator boxes = page.locator(".icicle .box");
        assertThat(boxes.first()).containsText("everything");
        boxes.first().focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator(".crumbs button")).hasCount(1);
        assertThat(page.locator(".told")).containsText("% of the heap");
        page.keyboard().press("Escape");
        assertThat(page.locator(".crumbs button")).hasCount(0);
        assertThat(page.locator(".piles .chain").first()).containsText("SessionStore.sessions");
        assertThat(Chromium.barriers(page)).isEmpty();
        Chromium.picture(page, "heap", 900);
        assertThat(page.url()).endsWith("#/h/" + heap);
    }

    @Test
    void heapMapOfTwoDumpsShowsWhatGrew() {
        Page page = look("#/h/" + HeapShelf.id(Recordings.heap(2)) + "/" + HeapShelf.id(Recordings.heap(1)), true);
        assertThat(page.locator("h1")).containsText("what grew from 00:46:40 to 00:47:02");
        assertThat(page.locator(".panel.grew")).containsText("CartSession");
        assertThat(page.locator(".icicle .box.grown").first()).isVisible();
        assertThat(Chromium.barriers(page)).isEmpty();
    }

    private static void tabTo(Page page, String place) {
        for (int i = 0; i < 60 && page.locator(place).count() == 0; i++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(place)).hasCount(1);
    }

    @Test
    void bothThemesCanBeReadByEverybody() {
        for (String path : List.of("#/", "#/t/" + LEAKING.id(), "playbook/connections")) {
            assertThat(Chromium.barriers(look(path, false))).as(path).isEmpty();
            assertThat(Chromium.unreadable(look(path, true))).as(path).isEmpty();
        }
    }

    @Test
    void thePostmortemAsAPageNeedsNothingButItself() throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            Page page = look("api/v1/incidents/" + Recordings.whole("payments").id() + "/postmortem?format=html", dark);
            assertThat(page.locator("figure svg").first()).isVisible();
            if (dark) {
                assertThat(Chromium.unreadable(page)).isEmpty();
            } else {
                assertThat(Chromium.barriers(page)).isEmpty();
                Chromium.picture(page, "postmortem", 1300);
            }
        }
    }

    private static Page look(String path, boolean dark) {
        return Chromium.go(chromium.open(false, dark, NOW), trouble.address(), path);
    }
}
