package io.staunch.diagnose.review;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings in which sessions can be told never to expire: `web.xml`, and Spring Boot's properties and YAML.
final class Descriptors {
    private static final Pattern WEB_XML = Pattern.compile("<session-timeout>\\s*(-?\\d+)\\s*</session-timeout>");
    private static final Pattern PROPERTIES = Pattern.compile(
            "(?m)^[ \\t]*(?:server\\.servlet\\.session|spring\\.session)\\.timeout\\s*[=:]\\s*(-?\\d+)[a-z]*[ \\t]*$");

    private Descriptors() {}

    static boolean isOne(String entryName) {
        return entryName.endsWith("WEB-INF/web.xml") || isSettings(entryName);
    }

    private static boolean isSettings(String entryName) {
        String file = entryName.substring(entryName.lastIndexOf('/') + 1);
        return file.startsWith("application") && file.endsWith(".properties");
    }

    /// A session timeout of zero or less, if the text sets one.
    static Optional<ReviewFinding> review(String source, Optional<String> library, String entryName, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher timeout = (isSettings(entryName) ? PROPERTIES : WEB_XML).matcher(text);
        while (timeout.find()) {
            if (timeout.group(1).startsWith("-") || timeout.group(1).matches("0+")) {
                int line = 1
                        + (int) text.substring(0, timeout.start(1))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                return Optional.of(new ReviewFinding.CodeLeak(
                        source,
                        library,
                        LeakRule.SESSION_NEVER_EXPIRES,
                        Confidence.CERTAIN,
                        entryName,
                        Optional.empty(),
                        OptionalInt.of(line),
                        Optional.of(entryName),
                        "sets the session timeout to " + timeout.group(1)));
            }
        }
        return Optional.empty();
    }
}
