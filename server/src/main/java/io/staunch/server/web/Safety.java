package io.staunch.server.web;

import java.util.Map;

/// The headers of every answer that keep a browser safe: nothing from elsewhere is loaded, nothing of ours is shown
/// within another site's page, kept, or guessed to be of another type.
final class Safety {
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private Safety() {}
}
