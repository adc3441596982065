package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;

/// Takes commands on a loopback port, one at a time, from those who can read the token in `control.token`.
final class ControlServer {
    private static final Logger LOG = Logger.getLogger(ControlServer.class.getName());

    private final HttpServer server;
    private final String token;

    private ControlServer(HttpServer server, String token) {
        this.server = server;
        this.token = token;
    }

    /// Does a command.
    @FunctionalInterface
    interface Handler {
        void handle(ShopCommand command) throws Exception;
    }

    static Path tokenFile(Path dir) {
        return dir.resolve("control.token");
    }

    static ControlServer listen(Path dir) throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Path file = tokenFile(dir);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return new ControlServer(server, token);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void start(Handler handler) {
        server.setExecutor(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("commands").factory()));
        server.createContext("/command", exchange -> serve(exchange, handler));
        server.start();
    }

    private void serve(HttpExchange exchange, Handler handler) throws IOException {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!MessageDigest.isEqual(token.getBytes(UTF_8), given.getBytes(UTF_8))) {
            answer(exchange, 403, "expected the shop's token, found another one");
            return;
        }
        try {
            handler.handle(Json.MAPPER.readValue(exchange.getRequestBody().readAllBytes(), ShopCommand.class));
            answer(exchange, 200, "");
        } catch (JacksonException e) {
            answer(exchange, 400, "expected a command as JSON, found something else");
        } catch (ShopException e) {
            answer(exchange, 400, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a command failed", e);
            answer(exchange, 500, e.toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String error) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(Map.of("error", error));
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
