package io.staunch.server.web;

import com.deque.html.axecore.args.AxeRunOnlyOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// This machine's Chromium, looking at a page. What the browser complains of is kept.
final class Chromium implements AutoCloseable {
    private static final int DESKTOP_WIDTH = 1440;
    private static final int PHONE_WIDTH = 390;
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// Where it is; empty if there is none.
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium launch(Path executable) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of("--no-sandbox"))));
    }

    /// A page on a screen of a desk or of a phone, at a fixed time of the day.
    Page open(boolean phone, boolean dark, Instant now) {
        Page page = open(phone, dark);
        page.clock().setFixedTime(now.toString());
        return page;
    }

    /// The same, at this time of the day.
    Page open(boolean phone, boolean dark) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(phone ? PHONE_WIDTH : DESKTOP_WIDTH, phone ? 844 : 900)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setTimezoneId("UTC"));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /// Lets go of all pages: each goes on listening to its daemon.
    void closePages() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    /// What the browser complained of since the last time: errors, blocked content, missing files.
    List<String> complaints() {
        List<String> told = List.copyOf(complaints);
        complaints.clear();
        return told;
    }

    static Page go(Page page, URI address, String path) {
        page.navigate(address.resolve(path).toString());
        page.waitForSelector("h1");
        return page;
    }

    /// How much wider than the screen it is, in pixels.
    static int overflow(Page page) {
        return (Integer) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /// What keeps somebody from using it who sees, hears or points in another way, as axe finds it.
    static List<String> barriers(Page page) {
        return barriers(page, new AxeRunOptions());
    }

    /// The same, of what a theme decides.
    static List<String> unreadable(Page page) {
        AxeRunOnlyOptions rules = new AxeRunOnlyOptions();
        rules.setType("rule");
        rules.setValues(List.of("color-contrast", "link-in-text-block"));
        AxeRunOptions options = new AxeRunOptions();
        options.setRunOnly(rules);
        return barriers(page, options);
    }

    private static List<String> barriers(Page page, AxeRunOptions options) {
        options.setResultTypes(List.of("violations"));
        // Without other frames there is nothing to be put together in a page of its own.
        return new AxeBuilder(page)
                .setLegacyMode(true).options(options).analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(String.valueOf(rule.getImpact())))
                        .map(Chromium::words)
                        .toList();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getTarget() + " " + node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }

    /// A picture for the documents, if somebody asked for them by `-Dstaunch.screenshots=FOLDER`.
    static void picture(Page page, String name, int height) throws IOException {
        String folder = System.getProperty("staunch.screenshots", "");
        if (!folder.isEmpty()) {
            Path file = Path.of(folder).resolve(name + ".png");
            Files.createDirectories(file.getParent());
            int width = page.viewportSize().width;
            page.screenshot(
                    new ScreenshotOptions().setPath(file).setFullPage(true).setClip(0, 0, width, height));
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
