package io.staunch.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which libraries differ between two releases: the first places to look when the later one leaks and the earlier
/// one does not.
public record LibraryDifference(List<Library> added, List<Library> removed, List<Changed> changed) {
    /// One library in two versions.
    public record Changed(Library from, Library to) {}

    public LibraryDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    public static LibraryDifference between(Release earlier, Release later) {
        Map<String, Library> before = byCoordinates(earlier);
        Map<String, Library> after = byCoordinates(later);
        List<Library> added = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        after.forEach((coordinates, library) -> {
            Library old = before.remove(coordinates);
            if (old == null) {
                added.add(library);
            } else if (!old.equals(library)) {
                changed.add(new Changed(old, library));
            }
        });
        return new LibraryDifference(added, List.copyOf(before.values()), changed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /// Whether the later release brought this library, or another version of it.
    public boolean brought(String purl) {
        return added.stream().anyMatch(library -> library.purl().equals(purl))
                || changed.stream().anyMatch(change -> change.to().purl().equals(purl));
    }

    private static Map<String, Library> byCoordinates(Release release) {
        Map<String, Library> libraries = new TreeMap<>();
        release.libraries().forEach(library -> libraries.put(library.coordinates(), library));
        return libraries;
    }
}
