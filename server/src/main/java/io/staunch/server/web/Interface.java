package io.staunch.server.web;

import java.net.InetAddress;
import java.util.Optional;

/// Where it is served, and for whom.
///
/// @param port   0 for any that is free
/// @param page   whether the page is served too, not only the API
/// @param tokens needed by every request unless the address is loopback
/// @param tls    what it is encrypted with; absent for plain HTTP
public record Interface(InetAddress address, int port, boolean page, Tokens tokens, Optional<Tls> tls, Limits limits) {
    public Interface {
        if (!address.isLoopbackAddress() && tokens.isEmpty()) {
            throw new IllegalArgumentException("expected tokens for an address that others can reach, found none");
        }
    }

    /// In plain HTTP, with the usual limits.
    public Interface(InetAddress address, int port, boolean page, Tokens tokens) {
        this(address, port, page, tokens, Optional.empty(), Limits.USUAL);
    }

    /// For this machine alone, without tokens.
    public static Interface loopback(int port, boolean page) {
        return new Interface(InetAddress.getLoopbackAddress(), port, page, Tokens.NONE);
    }

    boolean isOpen() {
        return !address.isLoopbackAddress();
    }
}
