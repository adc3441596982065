package io.staunch.shop.api;

import io.staunch.shop.session.CartLine;
import io.staunch.shop.session.CartSession;
import io.staunch.shop.session.ViewedProduct;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import tools.jackson.databind.json.JsonMapper;

/// Filled carts in the cache, with what their visitors looked at, for the message that reminds them of a cart left
/// behind. A cart that is bought is dropped; of the others, the cache drops those that were not used for longest.
final class SavedCarts {
    private final UnifiedJedis cache;
    private final JsonMapper json;

    SavedCarts(UnifiedJedis cache, JsonMapper json) {
        this.cache = cache;
        this.json = json;
    }

    record SavedCart(String customer, List<CartLine> lines, List<ViewedProduct> recentlyViewed) {}

    void save(CartSession session) {
        SavedCart cart = new SavedCart(session.customer().orElse(""), session.cart(), session.recentlyViewed());
        cache.set(key(session), json.writeValueAsString(cart));
    }

    void drop(CartSession session) {
        cache.del(key(session));
    }

    private static String key(CartSession session) {
        return "cart:" + session.id();
    }
}
