package io.staunch.server.web;

import java.net.InetAddress;

/// Where it is served, and for whom.
///
/// @param port   0 for any that is free
/// @param page   whether the page is served too, not only the API
/// @param tokens needed by every request unless the address is loopback
public record Interface(InetAddress address, int port, boolean page, Tokens tokens) {
    public Interface {
        if (!address.isLoopbackAddress() && tokens.isEmpty()) {
            throw new IllegalArgumentException("expected tokens for an address that others can reach, found none");
        }
    }

    /// For this machine alone, without tokens.
    public static Interface loopback(int port, boolean page) {
        return new Interface(InetAddress.getLoopbackAddress(), port, page, Tokens.NONE);
    }

    boolean isOpen() {
        return !address.isLoopbackAddress();
    }
}
