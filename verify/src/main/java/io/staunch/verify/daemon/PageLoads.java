package io.staunch.verify.daemon;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// This machine's Chromium, which loads the overview again and again.
final class PageLoads implements AutoCloseable {
    /// The first time that the browser put anything on the screen.
    private static final String PAINT = "performance.getEntriesByName('first-contentful-paint')[0]";

    private final Playwright playwright;
    private final Browser browser;

    private PageLoads(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static PageLoads by(Path chromium) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        return new PageLoads(
                playwright,
                playwright
                        .chromium()
                        .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox"))));
    }

    /// How long a load took, in milliseconds from the beginning of the navigation.
    ///
    /// @param seen until the first targets with their verdicts are on the screen
    /// @param all  until all targets stand on the page
    record Load(long seen, long all) {}

    /// With nothing kept from an earlier load.
    Load load(URI overview, int targets) {
        BrowserContext context = browser.newContext();
        try {
            Page page = context.newPage();
            page.addInitScript("window.at = {};"
                    + "const note = name => requestAnimationFrame(() => { at[name] = performance.now(); });"
                    + "new MutationObserver((_, self) => {"
                    + " const rows = document.querySelectorAll('.rows .row .badge').length;"
                    + " if (rows && !at.began) { at.began = true; note('first'); }"
                    + " if (rows >= " + targets + ") { self.disconnect(); note('all'); } })"
                    + ".observe(document, { childList: true, subtree: true })");
            page.navigate(overview.toString());
            while (Boolean.FALSE.equals(page.evaluate("Boolean(at.all && " + PAINT + ")"))) {
                page.waitForTimeout(50);
            }
            return new Load(number(page, "Math.max(at.first, " + PAINT + ".startTime)"), number(page, "at.all"));
        } finally {
            context.close();
        }
    }

    private static long number(Page page, String expression) {
        return ((Number) page.evaluate("Math.round(" + expression + ")")).longValue();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
