package io.staunch.shop.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/// Asks a service whether it is up.
final class Health {
    private static final Duration ONE_ANSWER = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private Health() {}

    /// True when `GET /health` on that loopback port answers 200 in time.
    static boolean http(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .timeout(ONE_ANSWER)
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// True when something listens on that loopback port.
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(ONE_ANSWER.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// A question that is asked again until the answer is yes.
    @FunctionalInterface
    interface Question {
        boolean ask() throws InterruptedException;
    }

    /// Waits until the answer is yes, the process ends or the time is over.
    static void await(String service, KnownProcess process, Path log, Duration patience, Question question)
            throws ShopException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!question.ask()) {
            if (!process.alive()) {
                throw new ShopException("expected " + service + " to start, found that it ended; see " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new ShopException("expected " + service + " to answer within " + patience.toSeconds()
                        + " s, found no answer; see " + log);
            }
            Thread.sleep(BETWEEN);
        }
    }
}
