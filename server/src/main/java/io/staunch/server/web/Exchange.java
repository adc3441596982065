package io.staunch.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;

/// One request on the wire and its answer. Reading and writing wait for the other side, but no longer than its
/// deadline.
/// Not thread-safe.
final class Exchange {
    /// Of a body that nobody wants, so that its sender gets to read why.
    private static final int MOST_DISCARDED = 1 << 20;

    private final org.eclipse.jetty.server.Request request;
    private final org.eclipse.jetty.server.Response response;
    private final Deadlines deadlines;

    Exchange(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Deadlines deadlines) {
        this.request = request;
        this.response = response;
        this.deadlines = deadlines;
    }

    String method() {
        return request.getMethod();
    }

    /// As it was sent.
    String rawPath() {
        return Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
    }

    /// Decoded.
    String path() {
        return Optional.ofNullable(request.getHttpURI().getDecodedPath()).orElse("");
    }

    /// As it was sent; empty if there is none.
    String query() {
        return Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    boolean isSecure() {
        return request.isSecure();
    }

    /// Who asks.
    InetAddress client() {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    /// Up to so many bytes of the body.
    byte[] body(int most) throws IOException {
        return input().readNBytes(most);
    }

    /// For what comes next on its connection.
    void deadline(Duration within) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        deadlines.next(connection, within);
    }

    void send(Response answer) throws IOException {
        input().skip(MOST_DISCARDED);
        begin(answer);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        Content.Sink.write(response, true, ByteBuffer.wrap(answer.body()));
    }

    /// Status and headers alone; the body follows piece by piece.
    void begin(Response answer) {
        response.setStatus(answer.status());
        Safety.HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        answer.headers().forEach(response.getHeaders()::put);
    }

    /// Returns when it has gone as far as the operating system.
    void write(byte[] piece) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(piece));
    }

    private InputStream input() {
        return Content.Source.asInputStream(request);
    }
}
