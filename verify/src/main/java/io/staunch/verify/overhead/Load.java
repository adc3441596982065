package io.staunch.verify.overhead;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/// Clients that ask a service again and again, each on one connection: in a closed loop, or in an open one at a fixed
/// rate, whose latencies count from the time at which a request was due.
final class Load implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /cart HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final AtomicLongArray latencies = new AtomicLongArray(Latencies.BUCKETS);
    private final List<Thread> clients = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private volatile boolean stopping;

    /// @param perSecond requests by all clients together; 0 for a closed loop
    Load(int port, int threads, double perSecond) throws IOException {
        for (int i = 0; i < threads; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            sockets.add(socket);
            double every = perSecond > 0 ? 1e9 * threads / perSecond : 0;
            clients.add(Thread.ofPlatform().name("load-" + i).daemon().start(() -> run(socket, every)));
        }
    }

    private void run(Socket socket, double everyNanos) {
        try (InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                OutputStream out = socket.getOutputStream()) {
            double due = System.nanoTime();
            while (!stopping) {
                long begin = System.nanoTime();
                if (everyNanos > 0) {
                    due += everyNanos;
                    sleepUntil((long) due);
                    begin = (long) due;
                }
                out.write(REQUEST);
                readAnswer(in);
                latencies.incrementAndGet(Latencies.bucket(System.nanoTime() - begin));
            }
        } catch (IOException e) {
            if (!stopping) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            java.util.concurrent.locks.LockSupport.parkNanos(left);
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        long length = -1;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(line.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException("expected an answer with a length, found none");
        }
        in.skipNBytes(length);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("expected an answer, found the end of the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /// All requests so far.
    Latencies latencies() {
        long[] counts = new long[Latencies.BUCKETS];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = latencies.get(i);
        }
        return new Latencies(counts);
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread client : clients) {
            try {
                client.join(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
