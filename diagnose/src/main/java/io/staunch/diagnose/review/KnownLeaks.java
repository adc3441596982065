package io.staunch.diagnose.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Published leaks of libraries: what is shipped in `known-leaks.txt`, whose head tells the form. Read once, when first
/// asked for. Safe for use by several threads.
public final class KnownLeaks {
    private static final String FILE = "known-leaks.txt";
    private static final Pattern PURL = Pattern.compile("pkg:maven/((?:[^/@\\s]+/)?)([^/@\\s]+)@([^?#\\s]+).*");
    private static final Pattern BARE_PURL = Pattern.compile("pkg:maven/[^/@\\s]+/[^/@\\s]+");
    private static final Pattern RANGE = Pattern.compile("[\\[(][^\\[\\](),]*,[^\\[\\](),]*[\\])]");
    private static final Set<String> KEYS =
            Set.of("id", "library", "affected", "types", "what", "meanwhile", "reference");

    private static final class Shipped {
        private static final KnownLeaks LEAKS = new KnownLeaks(read());
    }

    private final Map<String, List<KnownLeak>> byLibrary = new LinkedHashMap<>();
    private final List<KnownLeak> all;

    private KnownLeaks(List<KnownLeak> leaks) {
        all = List.copyOf(leaks);
        for (KnownLeak leak : all) {
            for (String library : leak.libraries()) {
                byLibrary.computeIfAbsent(library, _ -> new ArrayList<>()).add(leak);
            }
        }
    }

    /// Those that come with Staunch.
    public static KnownLeaks shipped() {
        return Shipped.LEAKS;
    }

    private static List<KnownLeak> read() {
        try (InputStream in = Objects.requireNonNull(KnownLeaks.class.getResourceAsStream(FILE), FILE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<KnownLeak> all() {
        return all;
    }

    /// The leaks of a library in its version.
    ///
    /// @param purl with its version; without a group, any library of the artifact's name counts
    public List<KnownLeak> of(String purl) {
        Matcher parts = PURL.matcher(purl);
        if (!parts.matches()) {
            return List.of();
        }
        List<KnownLeak> named = parts.group(1).isEmpty()
                ? byLibrary.entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("/" + parts.group(2)))
                        .flatMap(entry -> entry.getValue().stream())
                        .toList()
                : byLibrary.getOrDefault("pkg:maven/" + parts.group(1) + parts.group(2), List.of());
        return named.stream().filter(leak -> leak.affects(parts.group(3))).toList();
    }

    /// Whether the package URL tells the library's group.
    static boolean isWhole(String purl) {
        Matcher parts = PURL.matcher(purl);
        return parts.matches() && !parts.group(1).isEmpty();
    }

    /// The leak of a library that lets this pile up: one of its types is among those given.
    ///
    /// @param purl  with its version
    /// @param types types that pile up, and fields that hold them as `com.shop.Store.sessions`
    public Optional<KnownLeak> explaining(String purl, List<String> types) {
        return of(purl).stream()
                .filter(leak ->
                        leak.types().stream().anyMatch(type -> types.stream().anyMatch(seen -> names(seen, type))))
                .findFirst();
    }

    private static boolean names(String seen, String type) {
        String plain = seen.startsWith("static ") ? seen.substring("static ".length()) : seen;
        return plain.equals(type) || plain.startsWith(type + ".") || plain.startsWith(type + "$");
    }

    /// @param file its name, for messages
    static List<KnownLeak> parse(String text, String file) {
        List<KnownLeak> leaks = new ArrayList<>();
        Map<String, String> entry = new LinkedHashMap<>();
        int lineNumber = 0;
        for (String line : (text + "\n").split("\n", -1)) {
            lineNumber++;
            String at = file + " line " + lineNumber;
            if (line.isBlank()) {
                if (!entry.isEmpty()) {
                    leaks.add(leak(entry, at));
                    entry.clear();
                }
            } else if (!line.startsWith("#")) {
                int colon = line.indexOf(": ");
                String key = colon < 0 ? line : line.substring(0, colon);
                if (colon < 0 || !KEYS.contains(key) || entry.containsKey(key)) {
                    throw new IllegalArgumentException(at + ": expected «key: value» with a key of " + KEYS
                            + " that the entry has not yet, found «" + line + "»");
                }
                entry.put(key, line.substring(colon + 2).strip());
            }
        }
        return leaks;
    }

    private static KnownLeak leak(Map<String, String> entry, String at) {
        Supplier<String> where = () -> at + " (end of entry " + entry.getOrDefault("id", "without an id") + ")";
        List<String> libraries = List.of(value(entry, "library", where).split(",\\s*", 0));
        if (!libraries.stream().allMatch(library -> BARE_PURL.matcher(library).matches())) {
            throw new IllegalArgumentException(
                    where.get() + ": expected a library as pkg:maven/GROUP/ARTIFACT, found " + libraries);
        }
        String types = entry.getOrDefault("types", "");
        return new KnownLeak(
                value(entry, "id", where),
                libraries,
                ranges(value(entry, "affected", where), where),
                types.isEmpty() ? List.of() : List.of(types.split("[,\\s]+", 0)),
                value(entry, "what", where),
                entry.getOrDefault("meanwhile", "No version without it is known; see the reference."),
                value(entry, "reference", where));
    }

    private static String value(Map<String, String> entry, String key, Supplier<String> where) {
        String value = entry.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(where.get() + ": expected «" + key + "», found none");
        }
        return value;
    }

    private static List<VersionRange> ranges(String text, Supplier<String> where) {
        List<VersionRange> ranges = new ArrayList<>();
        Matcher range = RANGE.matcher(text);
        while (range.find()) {
            VersionRange.of(range.group()).ifPresent(ranges::add);
        }
        String rest = RANGE.matcher(text).replaceAll("").strip();
        if (ranges.isEmpty() || !rest.isEmpty() || RANGE.matcher(text).results().count() != ranges.size()) {
            throw new IllegalArgumentException(where.get() + ": expected ranges such as [4.1.0,4.1.94), found " + text);
        }
        return ranges;
    }
}
