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

    /// With nothing kept from an earlier load.
    ///
    /// @return milliseconds from the beginning of the navigation until all targets stand on the page
    long millis(URI overview, int targets) {
        BrowserContext context = browser.newContext();
        try {
            Page page = context.newPage();
            page.addInitScript("new MutationObserver((_, self) => {"
                    + " if (document.querySelectorAll('.rows .row').length >= " + targets + ") {"
                    + " self.disconnect(); requestAnimationFrame(() => { window.drawn = performance.now(); }); } })"
                    + ".observe(document, { childList: true, subtree: true })");
            page.navigate(overview.toString());
            long drawn = 0;
            while (drawn == 0) {
                page.waitForTimeout(50);
                drawn = ((Number) page.evaluate("Math.round(window.drawn ?? 0)")).longValue();
            }
            return drawn;
        } finally {
            context.close();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
