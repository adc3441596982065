package io.staunch.collect;

import java.net.URI;
import java.util.Optional;

/// A metrics server that answers PromQL: Prometheus, VictoriaMetrics, Thanos, Mimir.
///
/// @param address what `/api/v1/query` is added to; without user and password
/// @param login   how we show who we are
public record PrometheusServer(URI address, Login login) {
    public PrometheusServer {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getUserInfo() != null || address.getQuery() != null) {
            throw new IllegalArgumentException("expected http://HOST:PORT or https://HOST:PORT, found another text");
        }
    }

    /// How we show who we are. Never to be shown itself.
    public sealed interface Login {
        Login NONE = new None();

        record None() implements Login {}

        record Bearer(String token) implements Login {
            @Override
            public String toString() {
                return "bearer token";
            }
        }

        record Basic(String user, String password) implements Login {
            @Override
            public String toString() {
                return "user " + user;
            }
        }
    }

    /// The server of an address as somebody writes it.
    ///
    /// @param text  may hold user and password: `https://user:password@host/`
    /// @param token goes before them
    /// @throws IllegalArgumentException if it is no address; the message does not show it
    public static PrometheusServer of(String text, Optional<String> token) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            // Its message would show the text, password and all.
            throw new IllegalArgumentException("expected http://HOST:PORT or https://HOST:PORT, found no URI");
        }
        String user = Optional.ofNullable(uri.getUserInfo()).orElse("");
        int colon = user.indexOf(':');
        Login named = user.isEmpty()
                ? Login.NONE
                : new Login.Basic(
                        colon < 0 ? user : user.substring(0, colon), colon < 0 ? "" : user.substring(colon + 1));
        String bare = user.isEmpty() ? text : text.replaceFirst("//[^@/]*@", "//");
        return new PrometheusServer(
                URI.create(bare), token.<Login>map(Login.Bearer::new).orElse(named));
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
