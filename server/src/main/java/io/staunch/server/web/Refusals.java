package io.staunch.server.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What is answered to what is no request, before anybody looked at what it asks.
final class Refusals extends ErrorHandler {
    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        int status = response.getStatus();
        Response refusal = Response.error(status, sentence(status));
        Safety.HEADERS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, refusal.type());
        response.write(true, ByteBuffer.wrap(refusal.body()), callback);
        return true;
    }

    private static String sentence(int status) {
        return switch (status) {
            case 414 -> "expected a shorter request line";
            case 426, 505 -> "expected HTTP/1.1, found another version";
            case 431 -> "expected fewer or shorter headers";
            default ->
                status < 500
                        ? "expected a request as HTTP/1.1 has it, found another"
                        : "expected an answer, found none";
        };
    }
}
