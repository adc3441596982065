package io.staunch.shop.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A library that differs between two releases; `from` or `to` is empty when it was added or removed.
record LibraryChange(String library, String from, String to) {
    static List<LibraryChange> between(Release before, Release after) throws IOException {
        Map<String, String> old = versions(before);
        Map<String, String> fresh = versions(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<LibraryChange> changes = new ArrayList<>();
        for (String name : names) {
            String from = old.getOrDefault(name, "");
            String to = fresh.getOrDefault(name, "");
            if (!from.equals(to)) {
                changes.add(new LibraryChange(name, from, to));
            }
        }
        return changes;
    }

    private static Map<String, String> versions(Release release) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        for (Library library : release.libraries()) {
            versions.put(library.name(), library.version());
        }
        return versions;
    }
}
