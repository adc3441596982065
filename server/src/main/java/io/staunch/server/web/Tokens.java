package io.staunch.server.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tokens of a daemon that others than this machine can reach. Only their SHA-256 is kept; they are compared in
/// constant time. Immutable.
///
/// A request shows its token as `Authorization: Bearer TOKEN`, as the password of basic authentication, which browsers
/// ask for by themselves, or, for callers that can send no header, as the parameter `token`.
public record Tokens(List<Token> tokens) {
    /// None: whoever can connect may do all.
    public static final Tokens NONE = new Tokens(List.of());

    public Tokens {
        tokens = List.copyOf(tokens);
    }

    /// A token.
    ///
    /// @param name   of whoever holds it, for records
    /// @param sha256 of the token, in hexadecimal
    public record Token(String name, Right right, String sha256) {
        private static final int SHORTEST = 16;

        /// The token of that secret.
        ///
        /// @throws IllegalArgumentException if the secret is too short to be one
        public static Token of(String name, Right right, String secret) {
            if (secret.length() < SHORTEST) {
                throw new IllegalArgumentException(
                        "expected a token of at least " + SHORTEST + " characters, found " + secret.length());
            }
            return new Token(name, right, digest(secret));
        }

        private boolean is(String secret) {
            return MessageDigest.isEqual(
                    sha256.getBytes(StandardCharsets.US_ASCII), digest(secret).getBytes(StandardCharsets.US_ASCII));
        }
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /// The token that a request shows, if it is one of ours.
    ///
    /// @param authorization its header of that name
    Optional<Token> shownBy(Optional<String> authorization, Optional<String> parameter) {
        return Stream.concat(authorization.flatMap(Tokens::secret).stream(), parameter.stream())
                .flatMap(secret -> tokens.stream().filter(token -> token.is(secret)))
                .findFirst();
    }

    private static Optional<String> secret(String header) {
        if (header.startsWith("Bearer ")) {
            return Optional.of(header.substring("Bearer ".length()).strip());
        }
        if (!header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(header.substring("Basic ".length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every JDK", e);
        }
    }
}
