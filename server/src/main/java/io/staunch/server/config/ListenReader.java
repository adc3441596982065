package io.staunch.server.config;

import io.staunch.server.config.Configuration.Listen;
import io.staunch.server.web.Limits;
import io.staunch.server.web.Right;
import io.staunch.server.web.Tls;
import io.staunch.server.web.Tokens;
import io.staunch.server.web.Tokens.Token;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads where it is served and for whom: the keys `listen` and `tokens`.
final class ListenReader {
    private static final List<String> KEYS =
            List.of("address", "port", "page", "tls", "requests", "requests-in-all", "listeners");

    private ListenReader() {}

    static Listen read(Section all) throws ConfigurationWrong {
        Tokens tokens = tokens(all);
        Listen usual = Configuration.USUAL.listen();
        Optional<Section> listen = all.section("listen", KEYS);
        if (listen.isEmpty()) {
            return new Listen(usual.address(), usual.port(), usual.page(), tokens, usual.tls(), usual.limits());
        }
        Section section = listen.get();
        InetAddress address = section.value("address", ListenReader::address).orElse(usual.address());
        if (!address.isLoopbackAddress() && tokens.tokens().isEmpty()) {
            throw section.wrong("address", "expected tokens for an address that others can reach, found none");
        }
        return new Listen(
                address,
                section.value("port", text -> (int) ConfigurationReader.whole(text, 0, 65_535)),
                section.value("page", ConfigurationReader::yesOrNo).orElse(true),
                tokens,
                tls(section),
                limits(section));
    }

    private static Limits limits(Section listen) throws ConfigurationWrong {
        Limits usual = Limits.USUAL;
        return usual.with(
                number(listen, "requests", 100_000).orElse(usual.requests()),
                number(listen, "requests-in-all", 100_000).orElse(usual.inAll()),
                number(listen, "listeners", 1_000).orElse(usual.listeners()));
    }

    private static Optional<Integer> number(Section listen, String key, int most) throws ConfigurationWrong {
        return listen.value(key, text -> (int) ConfigurationReader.whole(text, 1, most));
    }

    private static Optional<Tls> tls(Section listen) throws ConfigurationWrong {
        Optional<Section> found = listen.section("tls", List.of("certificate", "key", "pkcs12", "password-file"));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Section tls = found.get();
        boolean pem = tls.keys().contains("certificate") || tls.keys().contains("key");
        if (pem == tls.keys().contains("pkcs12")) {
            throw listen.wrong("tls", "expected either certificate and key, or pkcs12 and password-file");
        }
        if (pem) {
            Path certificate = tls.required("certificate", Path::of);
            return Optional.of(tls.required("key", text -> {
                ConfigurationReader.ownersAlone(Path.of(text));
                return Tls.pem(certificate, Path.of(text));
            }));
        }
        Path file = tls.required("pkcs12", Path::of);
        return Optional.of(tls.required("password-file", text -> Tls.pkcs12(file, ConfigurationReader.secret(text))));
    }

    private static Tokens tokens(Section all) throws ConfigurationWrong {
        List<Token> tokens = new ArrayList<>();
        for (Section one : all.sections("tokens", List.of("name", "right", "file"))) {
            String name = one.required("name", ConfigurationReader::name);
            Right right = one.required("right", ListenReader::right);
            tokens.add(one.required("file", text -> Token.of(name, right, ConfigurationReader.secret(text))));
        }
        return new Tokens(tokens);
    }

    private static Right right(String text) {
        return switch (text) {
            case "read" -> Right.READ;
            case "act" -> Right.ACT;
            case "admin" -> Right.ADMIN;
            default -> throw new IllegalArgumentException("expected read, act or admin, found '" + text + "'");
        };
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected an IP address such as 127.0.0.1 or 0.0.0.0, found '" + text + "'", e);
        }
    }
}
