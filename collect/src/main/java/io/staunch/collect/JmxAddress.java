package io.staunch.collect;

import java.util.Optional;

/// Where a JVM lets itself be asked over JMX, and as whom.
///
/// @param host     a name or an address; an IPv6 one without brackets
/// @param port     of its RMI registry: `com.sun.management.jmxremote.port`
/// @param password never to be shown
/// @param tls      whether the registry too talks TLS (`com.sun.management.jmxremote.registry.ssl`); whether the
///                 connection does is for the JVM to say. Trusted is what this JVM trusts
///                 (`javax.net.ssl.trustStore`)
public record JmxAddress(String host, int port, Optional<String> user, Optional<String> password, boolean tls) {
    private static final int MOST = 65_535;

    public JmxAddress {
        if (host.isBlank() || !host.matches("[A-Za-z0-9._:%-]+") || port < 1 || port > MOST) {
            throw new IllegalArgumentException("expected HOST:PORT, found another text");
        }
    }

    /// The address that somebody writes.
    ///
    /// @throws IllegalArgumentException if it is not `HOST:PORT`
    public static JmxAddress of(String text, Optional<String> user, Optional<String> password, boolean tls) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("expected HOST:PORT, found '" + text + "'");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return new JmxAddress(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)),
                    user,
                    password,
                    tls);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected HOST:PORT, found '" + text + "'", e);
        }
    }

    /// As the target that it is before it was asked.
    public RemoteJvm target() {
        return RemoteJvm.at(toString());
    }

    /// `host:port`, without the password.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
