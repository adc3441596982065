package io.staunch.server.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/// The headers of every answer that keep a browser safe: nothing from elsewhere is loaded, nothing of ours is shown
/// within another site's page, kept, or guessed to be of another type.
final class Safety {
    static final String POLICY = "Content-Security-Policy";
    private static final String OURS_ALONE =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    static final Map<String, String> HEADERS = Map.of(
            POLICY,
            OURS_ALONE,
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

    /// The policy for a page that has its script and its style in itself.
    ///
    /// @param script of these bytes in UTF-8, no other
    static String policy(String script, String style) {
        return OURS_ALONE + "; script-src 'self' " + digest(script) + "; style-src 'self' " + digest(style);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256, which every JDK has", e);
        }
    }
}
