package io.staunch.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.staunch.cli.ExitCode;
import io.staunch.cli.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is asked wrongly, or of nobody: one line and exit code 2, never an answer.
final class GateUsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--baseline 1                                      | --service",
                "--service s --baseline 1                          | --canary",
                "--service s --baseline 1 --canary v=\"2\"         | expected a release",
                "--service s --baseline 1 --canary 2 --daemon x    | --daemon: expected http://HOST:PORT",
                "--service s --baseline 1 --canary 2 --prometheus x | --prometheus: expected http://HOST:PORT",
                "--service s --baseline 1 --canary 2 --tolerate much | --tolerate: expected a size",
                "--service s --baseline 1 --canary 2 --history 6h  | --prometheus",
                "--service s --baseline 1 --canary 2 --prometheus http://a --daemon http://b | expected only one match",
            })
    void wrongUsageIsOneLine(String words, String said) {
        oneLine(gate(words.split(" ", -1)), said);
    }

    @Test
    void whereNobodyListensThereIsNoJudge() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String daemon = "http://localhost:" + port + "/";
        oneLine(
                gate("--service", "s", "--baseline", "1", "--canary", "2", "--daemon", daemon),
                daemon + ": expected a daemon (staunch watch) that answers, found ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | nothing here           | found status 404",
                "200 | <html></html>          | found something else",
                "200 | {\"verdict\": \"yes\"} | found another JSON",
                "401 | {}                     | expected a token that may read in STAUNCH_TOKEN, found none",
            })
    void whatIsNoDaemonIsNoJudge(int status, String body, String said) throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        other.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        other.start();
        try {
            String daemon = "http://localhost:" + other.getAddress().getPort();
            oneLine(gate("--service", "s", "--baseline", "1", "--canary", "2", "--daemon", daemon), said);
        } finally {
            other.stop(0);
        }
    }

    private static Said gate(String... words) {
        return Said.by(Stream.concat(Stream.of("gate"), Stream.of(words)).toArray(String[]::new));
    }

    private static void oneLine(Said said, String expected) {
        assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).singleElement().asString().contains(expected);
    }
}
