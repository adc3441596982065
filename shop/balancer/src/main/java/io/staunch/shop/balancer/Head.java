package io.staunch.shop.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The head of an HTTP/1.1 message: its first line and its header lines, as they came.
record Head(String text, List<String> lines) {
    private static final int LONGEST = 32_768;

    /// Empty when the other side has closed the connection between two messages.
    static Optional<Head> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int b = in.read();
            if (b < 0) {
                if (bytes.size() == 0) {
                    return Optional.empty();
                }
                throw new IOException("expected the rest of a message's head, found the end");
            }
            bytes.write(b);
            last = last << 8 | b;
            if (bytes.size() > LONGEST) {
                throw new IOException("expected a head of up to " + LONGEST + " bytes, found a longer one");
            }
        }
        String text = bytes.toString(ISO_8859_1);
        return Optional.of(new Head(text, text.lines().toList()));
    }

    byte[] bytes() {
        return text.getBytes(ISO_8859_1);
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    long contentLength() {
        return header("Content-Length").map(Long::parseLong).orElse(0L);
    }

    boolean chunked() {
        return header("Transfer-Encoding")
                .map(value -> value.equalsIgnoreCase("chunked"))
                .orElse(false);
    }

    boolean closes() {
        return header("Connection")
                .map(value -> value.equalsIgnoreCase("close"))
                .orElse(false);
    }

    /// The id of the visitor's HTTP session, from the cookies of a request.
    Optional<String> session() {
        return header("Cookie")
                .flatMap(cookies -> List.of(cookies.split(";", -1)).stream()
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith("JSESSIONID="))
                        .map(cookie -> cookie.substring("JSESSIONID=".length()))
                        .findFirst());
    }

    /// The status of a response.
    int status() throws IOException {
        List<String> words = List.of(lines.getFirst().split(" ", 3));
        if (words.size() < 2 || !words.get(1).matches("\\d{3}")) {
            throw new IOException("expected a status line, found " + lines.getFirst());
        }
        return Integer.parseInt(words.get(1));
    }
}
