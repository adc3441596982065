package io.staunch.shop.api;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/// Finds products by name, typing errors forgiven (Jaro-Winkler similarity of each name with the words). Thread-safe.
final class ProductSearch {
    private static final double LIKE_ENOUGH = 0.6;

    private final JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
    private final Map<Long, String> names = new HashMap<>();

    ProductSearch(Map<Long, String> names) {
        names.forEach((id, name) -> this.names.put(id, name.toLowerCase(Locale.ROOT)));
    }

    List<Map.Entry<Long, Double>> best(String words, int most) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return names.entrySet().stream()
                .map(name -> Map.entry(name.getKey(), similarity.apply(wanted, name.getValue())))
                .filter(hit -> hit.getValue() >= LIKE_ENOUGH)
                .sorted(Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }
}
