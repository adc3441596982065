package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What somebody reads whose address is wrong: what was expected there, and what was found.
@Timeout(60)
class ConnectFailedTest {
    @Test
    void whereNobodyAnswersThatIsSaid() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String place = "127.0.0.1:" + port;
        JmxAddress jmx = JmxAddress.of(place, Optional.empty(), Optional.empty(), false);
        assertThat(catchThrowableOfType(ConnectFailed.class, () -> RemoteJvmProbe.connect(jmx)))
                .hasMessageContaining(place + ": expected a JVM that answers JMX, found nobody who answers there");
        assertThat(catchThrowableOfType(ConnectFailed.class, () -> RedisProbe.connect(URI.create("redis://" + place))))
                .hasMessage(place + ": expected a Redis server, found nobody who answers there");
        assertThat(asked(place))
                .hasMessage("http://" + place
                        + ": expected a metrics server that answers PromQL, found nobody who answers there");
    }

    @Test
    void whatTalksNoHttpIsNoMetricsServer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(socket, "-ERR unknown command\r\n"));
            String place = "127.0.0.1:" + socket.getLocalPort();
            assertThat(asked(place))
                    .hasMessageStartingWith("http://" + place + ": expected a metrics server that answers PromQL");
        }
    }

    @Test
    void whatAMetricsServerDoesNotUnderstandIsSaidWithWhatItWasAskedFor() throws Exception {
        String error = "{\"status\":\"error\",\"error\":\"parse error: unexpected identifier\"}";
        String answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: " + error.length()
                + "\r\n\r\n" + error;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(socket, answer));
            assertThat(asked("127.0.0.1:" + socket.getLocalPort()))
                    .hasMessageEndingWith("found the error: parse error: unexpected identifier;"
                            + " asked for series with job=shop\"");
        }
    }

    private static ConnectFailed asked(String place) {
        MetricsQuery query = new MetricsQuery("shop", Optional.of("job=shop\""), MetricsQuery.USUAL_HISTORY);
        try (MetricsFeed feed = MetricsFeed.of(PrometheusServer.of("http://" + place, Optional.empty()), query)) {
            return catchThrowableOfType(ConnectFailed.class, feed::look);
        }
    }

    /// To each who connects, until the socket is closed.
    private static void answer(ServerSocket socket, String text) {
        try {
            while (true) {
                try (Socket connection = socket.accept()) {
                    byte[] asked = new byte[8_192];
                    if (connection.getInputStream().read(asked) > 0) {
                        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        } catch (IOException e) {
            // Nobody asks any more.
        }
    }
}
