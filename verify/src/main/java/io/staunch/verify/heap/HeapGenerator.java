package io.staunch.verify.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// Fills this JVM's heap with what a shop has and dumps it: sessions in a map, carts and orders in lists, strings,
/// one deep linked list, one wide map. `HeapGenerator FILE SESSIONS`; 100,000 sessions make about 10 million objects.
/// Needs nothing but the JDK: the launcher runs it from source, to rehearse the analyser on a dump of the
/// ordinary kind.
public final class HeapGenerator {
    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();
    private static final List<Product> CATALOGUE = new ArrayList<>();
    private static final List<Session> RECENT = new ArrayList<>();
    private static final Map<Integer, List<Session>> LAST_VIEWERS = new HashMap<>();
    private static Visit lastVisit = new Visit();

    private static final double SESSIONS_A_MEGABYTE = 215.6;

    private HeapGenerator() {}

    private record Product(int number, String name, long cents) {}

    private record Line(Product product, Integer count) {}

    private record Order(List<Line> lines, String note) {}

    private static final class Visit {
        private final String page;
        private final Visit before;

        /// The first visit has itself before it.
        Visit() {
            page = "/";
            before = this;
        }

        Visit(String page, Visit before) {
            this.page = page;
            this.before = before;
        }

        @Override
        public String toString() {
            return before == this ? page : before.page + " → " + page;
        }
    }

    private static final class Session {
        private final String id;
        private final Map<String, Object> attributes = new HashMap<>();
        private final List<Order> orders = new ArrayList<>();
        private final Product[] viewed = new Product[24];
        private final List<Session> friends = new ArrayList<>(4);

        @SuppressWarnings("JdkObsolete") // its nodes are what is wanted here
        private final List<String> trail = new LinkedList<>();

        Session(String id) {
            this.id = id;
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !args[1].matches("[1-9]\\d{0,7}(MB)?")) {
            System.err.println("expected FILE and a number of sessions (100000) or of megabytes (1500MB), found "
                    + String.join(" ", args));
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        int sessions = sessions(args[1]);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            CATALOGUE.add(new Product(i, "product " + i, random.nextInt(100_000)));
        }
        for (int i = 0; i < sessions; i++) {
            Session session = session(i, random);
            befriend(session, random);
            SESSIONS.put(session.id, session);
            RECENT.add(session);
            lastVisit = new Visit("/page/" + i, lastVisit);
        }
        Files.deleteIfExists(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        System.out.println(file + " " + Files.size(file));
    }

    /// A number of sessions, or about so many megabytes of dump (`1500MB`).
    private static int sessions(String size) {
        return size.endsWith("MB")
                ? (int) (Integer.parseInt(size.substring(0, size.length() - 2)) * SESSIONS_A_MEGABYTE)
                : Integer.parseInt(size);
    }

    private static Session session(int number, Random random) {
        Session session = new Session("session-" + number + "-" + random.nextLong());
        session.attributes.put("user", "user" + random.nextInt());
        session.attributes.put("since", (Long) random.nextLong());
        session.attributes.put("page", new byte[480]);
        session.attributes.put("basket", new int[random.nextInt(12)]);
        for (int o = 0; o < 3; o++) {
            Order order = new Order(new ArrayList<>(), "leave at door " + random.nextInt());
            for (int l = 0; l < 1 + random.nextInt(8); l++) {
                order.lines.add(new Line(CATALOGUE.get(random.nextInt(CATALOGUE.size())), 1000 + random.nextInt()));
            }
            session.orders.add(order);
        }
        for (int t = 0; t < 10; t++) {
            session.trail.add("/p/" + random.nextInt(1_000_000));
        }
        for (int v = 0; v < session.viewed.length; v++) {
            session.viewed[v] = CATALOGUE.get(random.nextInt(CATALOGUE.size()));
        }
        return session;
    }

    /// Links across: sessions know others, and products know who looked at them last.
    private static void befriend(Session session, Random random) {
        for (int f = 0; f < 4 && !RECENT.isEmpty(); f++) {
            session.friends.add(RECENT.get(random.nextInt(RECENT.size())));
        }
        for (int v = 0; v < 4; v++) {
            LAST_VIEWERS
                    .computeIfAbsent(session.viewed[v].number(), number -> new ArrayList<>())
                    .add(session);
        }
    }
}
