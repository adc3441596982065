package io.staunch.shop.balancer;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Open connections to instances that wait for the next request. Thread-safe.
final class Connections {
    private static final int MOST_IDLE = 64;

    private final Map<Integer, ConcurrentLinkedDeque<Exchange>> idle = new ConcurrentHashMap<>();

    private ConcurrentLinkedDeque<Exchange> of(int port) {
        return idle.computeIfAbsent(port, _ -> new ConcurrentLinkedDeque<>());
    }

    /// A connection that was used before; the instance may have closed it since.
    Optional<Exchange> used(int port) {
        return Optional.ofNullable(of(port).pollLast());
    }

    /// Takes back a connection for the next request.
    void keep(int port, Exchange exchange) throws IOException {
        if (of(port).size() < MOST_IDLE) {
            of(port).addLast(exchange);
        } else {
            exchange.close();
        }
    }
}
