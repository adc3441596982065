package io.staunch.server.web;

import java.util.Locale;

/// What a token lets its holder do; each holds those before it.
public enum Right {
    /// To see what is known.
    READ,
    /// To tell of releases and to act on incidents too.
    ACT,
    /// To stop all acts and to let them go on too.
    ADMIN;

    boolean includes(Right needed) {
        return compareTo(needed) >= 0;
    }

    /// As the configuration file has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
