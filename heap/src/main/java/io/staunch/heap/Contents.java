package io.staunch.heap;

import java.util.List;
import java.util.Locale;

/// What is in a collection, by kind: how many elements, and of which types. Never the values themselves, unless they
/// were asked for.
///
/// @param type the collection's type
/// @param elements how many entries or elements were seen
/// @param complete whether all of them were; a very large collection is only looked into
/// @param keys types of the keys, most frequent first; empty for what is no map
/// @param values types of the values or elements, most frequent first
/// @param samples some entries as text; empty unless asked for
public record Contents(
        String type,
        long elements,
        boolean complete,
        List<TypeCount> keys,
        List<TypeCount> values,
        List<String> samples) {
    /// How often a type occurs.
    public record TypeCount(String type, long count) {}

    public Contents {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        samples = List.copyOf(samples);
    }

    /// `8,061 entries: java.lang.String → com.shop.Session`
    public String describe() {
        String count = String.format(Locale.ROOT, "%s%,d", complete ? "" : "more than ", elements);
        if (elements == 0) {
            return "empty";
        }
        return keys.isEmpty()
                ? count + " elements: " + types(values)
                : count + " entries: " + types(keys) + " → " + types(values);
    }

    private static String types(List<TypeCount> counts) {
        if (counts.isEmpty()) {
            return "null";
        }
        String most = counts.getFirst().type();
        int more = counts.size() - 1;
        return more == 0 ? most : most + " and " + more + (more == 1 ? " more type" : " more types");
    }
}
