package io.staunch.shop.api;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.json.JsonMapper;

/// The catalogue as visitors see it: read from the cache, else from the database and then cached. Thread-safe.
final class Catalogue {
    private static final int MOST_RESULTS = 8;

    private final ProductTable table;
    private final UnifiedJedis cache;
    private final JsonMapper json;
    private final ProductSearch search;

    Catalogue(ProductTable table, UnifiedJedis cache, JsonMapper json) throws SQLException {
        this.table = table;
        this.cache = cache;
        this.json = json;
        this.search = new ProductSearch(table.names());
    }

    Optional<Product> product(long id) throws SQLException {
        String key = "product:" + id;
        String cached = cache.get(key);
        if (cached != null) {
            return Optional.of(json.readValue(cached, Product.class));
        }
        Optional<Product> product = table.product(id);
        if (product.isPresent()) {
            cache.set(
                    key,
                    json.writeValueAsString(product.get()),
                    SetParams.setParams().ex(120));
        }
        return product;
    }

    ProductPage page(String category, int page) throws SQLException {
        String key = "page:" + category + ":" + page;
        String cached = cache.get(key);
        if (cached != null) {
            return json.readValue(cached, ProductPage.class);
        }
        ProductPage fresh = table.page(category, page);
        cache.set(key, json.writeValueAsString(fresh), SetParams.setParams().ex(60));
        return fresh;
    }

    /// The products whose names are most like the words, best first.
    List<Product> search(String words) throws SQLException {
        String key = "search:" + words;
        String cached = cache.get(key);
        if (cached != null) {
            return List.of(json.readValue(cached, Product[].class));
        }
        List<Product> found = new ArrayList<>();
        for (Map.Entry<Long, Double> hit : search.best(words, MOST_RESULTS)) {
            product(hit.getKey()).ifPresent(found::add);
        }
        cache.set(key, json.writeValueAsString(found), SetParams.setParams().ex(60));
        return found;
    }
}
