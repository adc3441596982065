package io.staunch.verify.overhead;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/// The service that is watched: HTTP on loopback, sessions in a map of fixed size, a page built for each request. Its
/// live set does not grow. Prints its port when it is ready; ends when its input does.
final class Service {
    private static final int LINES = 40;

    private record Line(String product, long cents, int pieces) {}

    private record Session(int id, List<Line> lines) {}

    private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final int size;

    private Service(int size) {
        this.size = size;
        for (int id = 0; id < size; id++) {
            sessions.put(id, fill(id));
        }
    }

    private static Session fill(int id) {
        List<Line> lines = new ArrayList<>(LINES);
        for (int i = 0; i < LINES; i++) {
            lines.add(new Line("product " + (id * 31 + i * 7) % 10_000, 100L + i, 1 + i % 3));
        }
        return new Session(id, lines);
    }

    private void handle(HttpExchange exchange) throws IOException {
        int id = ThreadLocalRandom.current().nextInt(size);
        Session session = sessions.compute(id, (key, old) -> fill(key));
        StringBuilder page = new StringBuilder("<html><body><table>");
        long total = 0;
        for (Line line : session.lines()) {
            total += line.cents() * line.pieces();
            page.append("<tr><td>").append(line.product()).append("</td><td>").append(line.cents());
            page.append("</td><td>").append(line.pieces()).append("</td></tr>");
        }
        page.append("</table><p>").append(total).append("</p></body></html>");
        byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    public static void main(String[] args) throws IOException {
        Service service = new Service(Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cart", service::handle);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
