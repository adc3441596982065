package io.staunch.server.soak;

import io.staunch.server.config.Quantities;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// When a side is ready for its load.
public sealed interface Readiness {
    /// As soon as it can be watched: a JVM can be attached to, a Redis server answers.
    record Watchable() implements Readiness {}

    /// So long after its start.
    record After(Duration time) implements Readiness {}

    /// As soon as its URL answers without an error.
    ///
    /// @param url `$STAUNCH_PORT` and `$STAUNCH_SIDE` in it stand for those of the side
    record Answers(String url) implements Readiness {
        public Answers {
            if (!isUrl(of(url, Map.of("STAUNCH_PORT", "1", "STAUNCH_SIDE", "candidate")))) {
                throw new IllegalArgumentException(
                        "expected a URL such as http://127.0.0.1:$STAUNCH_PORT/health, found '" + url + "'");
            }
        }

        URI of(Map<String, String> variables) {
            return URI.create(of(url, variables));
        }

        private static String of(String url, Map<String, String> variables) {
            String filled = url;
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                filled = filled.replace("${" + variable.getKey() + "}", variable.getValue())
                        .replace("$" + variable.getKey(), variable.getValue());
            }
            return filled;
        }

        private static boolean isUrl(String text) {
            try {
                return URI.create(text).getHost() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /// Reads a URL (`http:`, `https:`) or a duration.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static Readiness parse(String text) {
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return new Answers(text);
        }
        try {
            return new After(Quantities.duration(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a URL (http://…) or a duration such as 20s, found '" + text + "'", e);
        }
    }
}
