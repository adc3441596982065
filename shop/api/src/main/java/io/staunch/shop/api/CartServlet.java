package io.staunch.shop.api;

import io.staunch.shop.session.CartLine;
import io.staunch.shop.session.CartSession;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `GET /api/cart`, and `POST /api/cart` with a product and a quantity to put into it.
final class CartServlet extends JsonServlet {
    private static final long serialVersionUID = 1;
    private static final int MOST_PIECES = 99;

    private final transient Catalogue catalogue;
    private final transient VisitorSessions sessions;
    private final transient SavedCarts saved;

    CartServlet(JsonMapper json, Catalogue catalogue, VisitorSessions sessions, SavedCarts saved) {
        super(json);
        this.catalogue = catalogue;
        this.sessions = sessions;
        this.saved = saved;
    }

    record Wanted(long product, int quantity) {}

    record Cart(List<CartLine> lines, long totalCents) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, 200, cart(sessions.of(request)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Wanted> wanted =
                body(request, Wanted.class).filter(line -> line.quantity() >= 1 && line.quantity() <= MOST_PIECES);
        if (wanted.isEmpty()) {
            refuse(response, 400, "expected a product and a quantity from 1 to " + MOST_PIECES);
            return;
        }
        try {
            Optional<Product> product = catalogue.product(wanted.get().product());
            if (product.isEmpty()) {
                refuse(response, 404, "no such product");
                return;
            }
            CartSession session = sessions.of(request);
            Product chosen = product.get();
            session.put(new CartLine(
                    chosen.id(),
                    chosen.name(),
                    chosen.priceCents(),
                    wanted.get().quantity()));
            saved.save(session);
            answer(response, 200, cart(session));
        } catch (SQLException e) {
            throw new ServletException("the catalogue can't be read", e);
        }
    }

    private static Cart cart(CartSession session) {
        List<CartLine> lines = session.cart();
        return new Cart(lines, lines.stream().mapToLong(CartLine::totalCents).sum());
    }
}
