package io.staunch.verify.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Callers that ask for too much. All of their connections end with it.
final class Crowd implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 240_000;

    private final URI daemon;
    private final List<Socket> listening = new ArrayList<>();
    private final List<Socket> slow = new ArrayList<>();

    Crowd(URI daemon) {
        this.daemon = daemon;
    }

    /// Connects so many at once, from so many addresses of loopback, and leaves open who is served.
    ///
    /// @return how many got which status; `none` is no answer
    Map<String, Integer> listen(int count, int clients) {
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int client = i % clients;
                threads.execute(() -> answers.merge(listenOnce(client), 1, Integer::sum));
            }
        }
        return answers;
    }

    private String listenOnce(int client) {
        try {
            Socket socket = new Socket();
            synchronized (listening) {
                listening.add(socket);
            }
            socket.bind(new InetSocketAddress(
                    InetAddress.ofLiteral("127.0." + (1 + client / 250) + "." + (1 + client % 250)), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request("GET /api/v1/events"));
            byte[] head = socket.getInputStream().readNBytes(12);
            String status = head.length < 12 ? "none" : new String(head, StandardCharsets.US_ASCII).substring(9);
            if (!status.equals("200")) {
                socket.close();
            }
            return status;
        } catch (IOException e) {
            return "none";
        }
    }

    /// A third never end their headers, a third never end a body, a third send a huge one.
    void slow(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.getPort());
            slow.add(socket);
            String begun = switch (i % 3) {
                case 0 -> "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
                case 1 -> post(50_000) + "{";
                default -> post(1_000_000_000) + " ".repeat(200_000);
            };
            Thread.ofVirtual().start(() -> drip(socket, begun));
        }
    }

    private static String post(int length) {
        return "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private static void drip(Socket socket, String begun) {
        try {
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                Thread.sleep(500);
                socket.getOutputStream().write(' ');
            }
        } catch (IOException | InterruptedException e) {
            // It was cut off, or the run is over.
        }
    }

    /// How many of the slow ones were not cut off.
    long stillOpen() throws IOException {
        long open = 0;
        for (Socket socket : slow) {
            open += isOpen(socket) ? 1 : 0;
        }
        return open;
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(1);
            while (socket.getInputStream().read() >= 0) {
                // An answer; what follows it counts.
            }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static byte[] request(String line) {
        return (line + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        synchronized (listening) {
            for (Socket socket : listening) {
                socket.close();
            }
        }
    }
}
