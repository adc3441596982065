package io.staunch.shop.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/// One visitor's connection: each request goes to the instance that the visitor belongs to. Bodies of requests
/// need a Content-Length.
final class Client implements Runnable {
    private static final byte[] UNAVAILABLE =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);

    private final Socket socket;
    private final Backends backends;
    private final Connections connections;
    private final Measures measures;

    Client(Socket socket, Backends backends, Connections connections, Measures measures) {
        this.socket = socket;
        this.backends = backends;
        this.connections = connections;
        this.measures = measures;
    }

    @Override
    public void run() {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            boolean more = true;
            while (more) {
                Optional<Head> head = Head.read(in);
                more = head.isPresent() && serve(head.get(), in, out);
                out.flush();
            }
        } catch (IOException | NumberFormatException e) {
            measures.broken();
        }
    }

    /// False when the connection is not to be used any more.
    private boolean serve(Head request, InputStream in, OutputStream out) throws IOException {
        byte[] body = in.readNBytes(Math.toIntExact(request.contentLength()));
        Optional<Backend> backend = backends.choose(request.session());
        if (backend.isEmpty()) {
            out.write(UNAVAILABLE);
            measures.unavailable();
            return true;
        }
        long start = System.nanoTime();
        String name = backend.get().name();
        Reply reply;
        long asked;
        try {
            reply = ask(backend.get().port(), request, body);
            asked = System.nanoTime() - start;
        } catch (IOException e) {
            out.write(UNAVAILABLE);
            measures.unavailable();
            return true;
        }
        out.write(reply.head().bytes());
        reply.from().copyBody(reply.head(), out);
        long whole = System.nanoTime() - start;
        measures.answered(name, whole, whole - asked, reply.head().status());
        if (reply.head().closes()) {
            reply.from().close();
            return false;
        }
        connections.keep(backend.get().port(), reply.from());
        return !request.closes();
    }

    private record Reply(Head head, Exchange from) {}

    /// Asks on a connection that was used before, and on a fresh one when the instance had closed that one.
    private Reply ask(int port, Head request, byte[] body) throws IOException {
        Optional<Exchange> used = connections.used(port);
        if (used.isPresent()) {
            try {
                return new Reply(used.get().request(request, body), used.get());
            } catch (IOException e) {
                used.get().close();
            }
        }
        Exchange fresh = Exchange.connect(port);
        measures.connected(fresh.connectNanos());
        try {
            return new Reply(fresh.request(request, body), fresh);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }
}
