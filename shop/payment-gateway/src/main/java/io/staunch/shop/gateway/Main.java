package io.staunch.shop.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The payment gateway's process: `POST /v1/charges`, `GET /health`. Argument: the port on loopback.
public final class Main {
    private static final long SETTLEMENT_SECONDS = 5;
    private static final long LARGEST_CHARGE_CENTS = 2_000_000;

    private final JsonMapper json = new JsonMapper();
    private final Ledger ledger = new Ledger();
    private final ScheduledExecutorService bank = Executors.newSingleThreadScheduledExecutor();

    private Main() {}

    public static void main(String[] args) throws IOException {
        Main gateway = new Main();
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/charges", gateway::charge);
        server.createContext("/health", exchange -> answer(exchange, 200, "{\"status\":\"up\"}".getBytes(UTF_8)));
        server.start();
        System.out.println("payment gateway listens on " + server.getAddress());
    }

    private void charge(HttpExchange exchange) throws IOException {
        try {
            Charge charge = json.readValue(exchange.getRequestBody().readAllBytes(), Charge.class);
            Receipt receipt = ledger.find(charge.reference()).orElse(null);
            if (receipt == null) {
                receipt = authorise(charge);
                ledger.keep(charge, receipt);
                settleLater(charge);
            }
            answer(exchange, 200, json.writeValueAsBytes(receipt));
        } catch (JacksonException e) {
            answer(exchange, 400, "{\"error\":\"expected a charge as JSON\"}".getBytes(UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer(exchange, 503, "{\"error\":\"stopping\"}".getBytes(UTF_8));
        }
    }

    /// The bank settles a charge some seconds after it approved it.
    private void settleLater(Charge charge) {
        var _ = bank.schedule(() -> ledger.settled(charge), SETTLEMENT_SECONDS, TimeUnit.SECONDS);
    }

    /// Asks the card's bank, which takes a few milliseconds.
    private static Receipt authorise(Charge charge) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(4, 12));
        boolean approved = charge.amountCents() > 0 && charge.amountCents() <= LARGEST_CHARGE_CENTS;
        return new Receipt(UUID.randomUUID().toString(), approved, approved ? "approved" : "amount refused");
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
