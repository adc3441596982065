package io.staunch.server.web;

/// What a token lets its holder do; each holds those before it.
public enum Right {
    /// To see what is known.
    READ,
    /// To tell of releases too.
    ACT;

    boolean includes(Right needed) {
        return compareTo(needed) >= 0;
    }
}
