package io.staunch.shop.api;

import io.staunch.shop.auth.LoginTokens;
import io.staunch.shop.payment.Charge;
import io.staunch.shop.payment.PaymentClient;
import io.staunch.shop.payment.Receipt;
import io.staunch.shop.session.CartLine;
import io.staunch.shop.session.CartSession;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `POST /api/checkout` with a card's token: makes the cart an order and has it paid.
final class CheckoutServlet extends JsonServlet {
    private static final long serialVersionUID = 1;

    private final transient Orders orders;
    private final transient PaymentClient payments;
    private final transient Hops hops;
    private final transient LoginTokens tokens;
    private final transient VisitorSessions sessions;
    private final transient SavedCarts saved;

    CheckoutServlet(
            JsonMapper json,
            Orders orders,
            PaymentClient payments,
            Hops hops,
            LoginTokens tokens,
            VisitorSessions sessions,
            SavedCarts saved) {
        super(json);
        this.orders = orders;
        this.payments = payments;
        this.hops = hops;
        this.tokens = tokens;
        this.sessions = sessions;
        this.saved = saved;
    }

    record Payment(String cardToken) {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Payment> payment = body(request, Payment.class);
        Optional<String> customer = customer(request);
        if (payment.isEmpty() || customer.isEmpty()) {
            refuse(response, payment.isEmpty() ? 400 : 401, "expected a card's token from a customer who is logged in");
            return;
        }
        CartSession session = sessions.of(request);
        List<CartLine> lines = session.takeCart();
        if (lines.isEmpty()) {
            refuse(response, 409, "the cart is empty");
            return;
        }
        try {
            buy(customer.get(), lines, payment.get(), response);
            saved.drop(session);
        } catch (SQLException e) {
            throw new ServletException("the order can't be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(response, 503, "the shop is closing");
        }
    }

    private void buy(String customer, List<CartLine> lines, Payment payment, HttpServletResponse response)
            throws SQLException, IOException, InterruptedException {
        long totalCents = lines.stream().mapToLong(CartLine::totalCents).sum();
        long order = orders.place(customer, lines, totalCents);
        Receipt receipt = charge(new Charge("order-" + order, totalCents, "EUR", payment.cardToken()));
        orders.settle(order, receipt.approved(), receipt.transaction());
        answer(
                response,
                receipt.approved() ? 200 : 402,
                Map.of("order", order, "paid", receipt.approved(), "totalCents", totalCents));
    }

    private Receipt charge(Charge charge) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try {
            return payments.charge(charge);
        } finally {
            hops.took("payment-gateway", "round trip", System.nanoTime() - start);
        }
    }

    private Optional<String> customer(HttpServletRequest request) throws ServletException {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(LoginServlet.LOGIN)) {
                try {
                    return tokens.verify(cookie.getValue());
                } catch (GeneralSecurityException e) {
                    throw new ServletException("the login can't be checked", e);
                }
            }
        }
        return Optional.empty();
    }
}
