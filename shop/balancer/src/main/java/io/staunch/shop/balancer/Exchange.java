package io.staunch.shop.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A connection to an instance, used for one request after the other.
final class Exchange implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int BUFFER = 8_192;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final long connectNanos;

    private Exchange(Socket socket, long connectNanos) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        this.connectNanos = connectNanos;
    }

    static Exchange connect(int port) throws IOException {
        long start = System.nanoTime();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return new Exchange(socket, System.nanoTime() - start);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// How long it took to connect.
    long connectNanos() {
        return connectNanos;
    }

    /// Sends a request and waits for the head of the answer.
    Head request(Head head, byte[] body) throws IOException {
        out.write(head.bytes());
        out.write(body);
        out.flush();
        return Head.read(in).orElseThrow(() -> new IOException("expected an answer, found the connection closed"));
    }

    /// Passes the answer's body on.
    void copyBody(Head answer, OutputStream to) throws IOException {
        if (answer.chunked()) {
            copyChunks(to);
        } else if (answer.status() != 204 && answer.status() != 304) {
            copy(answer.contentLength(), to);
        }
    }

    private void copyChunks(OutputStream to) throws IOException {
        long size;
        do {
            String line = line(to);
            size = Long.parseLong(line.split(";", 2)[0].strip(), 16);
            copy(size, to);
            String _ = line(to);
        } while (size > 0);
    }

    private String line(OutputStream to) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("expected the end of a chunk, found the end of the answer");
            }
            line.append((char) b);
        }
        to.write(line.append('\n').toString().getBytes(ISO_8859_1));
        return line.toString().strip();
    }

    private void copy(long length, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("expected " + left + " more bytes of an answer, found its end");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
