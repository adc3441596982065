package io.staunch.server;

import java.time.Instant;

/// A release of a service that was put in place.
///
/// @param since  from when it is in place
/// @param source who said so
public record Deployed(String service, String version, Instant since, String source) {
    private static final int LONGEST = 200;

    public Deployed {
        check("service", service);
        check("version", version);
    }

    private static void check(String what, String text) {
        boolean printable = text.chars().allMatch(letter -> letter >= ' ' && letter != 0x7f);
        if (text.isBlank() || text.length() > LONGEST || !printable) {
            throw new IllegalArgumentException(what + ": expected 1 to " + LONGEST + " printable characters");
        }
    }
}
