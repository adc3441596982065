package io.staunch.server;

import io.staunch.collect.Histogram;
import io.staunch.collect.TypeCount;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the live heap is made of over time, by type and by owning library, as series: `heap by type: byte[]`,
/// `heap by library: the JDK`. The few biggest have a series each, the others share one.
final class Composition {
    /// The qualifier of what has no series of its own.
    static final String OTHERS = "all else";

    private static final Series BY_TYPE = new Series("heap by type", Unit.BYTES);
    private static final Series BY_LIBRARY = new Series("heap by library", Unit.BYTES);
    private static final String JDK = "the JDK";
    private static final String NOT_KNOWN = "owner not known";
    private static final int MOST = 7;
    private static final int MOST_OWN = 4;
    private static final int MOST_ASKED = 40;

    private Composition() {}

    /// @param owners of types, as package URLs, where known
    static Map<Series, List<Sample>> of(List<Histogram> histograms, Map<String, String> owners) {
        Map<Series, List<Sample>> all = new LinkedHashMap<>();
        if (histograms.size() > 1) {
            all.putAll(by(BY_TYPE, histograms, Function.identity()));
            all.putAll(by(BY_LIBRARY, histograms, type -> owner(type, owners)));
        }
        return all;
    }

    /// The types whose owner is worth asking for: the biggest of the last histogram that are not the JDK's.
    static List<String> worthAsking(List<Histogram> histograms) {
        return histograms.isEmpty()
                ? List.of()
                : histograms.getLast().types().stream()
                        .map(TypeCount::type)
                        .filter(type -> !isOfTheJdk(type))
                        .limit(MOST_ASKED)
                        .toList();
    }

    private static Map<Series, List<Sample>> by(
            Series whole, List<Histogram> histograms, Function<String, String> group) {
        Set<String> biggest = biggest(histograms, group);
        Map<Series, List<Sample>> parts = new LinkedHashMap<>();
        for (Histogram histogram : histograms) {
            Map<String, Long> sums = sums(histogram, name -> {
                String its = group.apply(name);
                return biggest.contains(its) ? its : OTHERS;
            });
            biggest.forEach(name -> sums.putIfAbsent(name, 0L));
            sums.forEach((name, bytes) -> parts.computeIfAbsent(whole.of(name), _ -> new ArrayList<>())
                    .add(new Sample(histogram.at(), bytes)));
        }
        return parts;
    }

    /// Those that ever took most; some places are kept for what is not the JDK's, for that is what somebody can mend.
    private static Set<String> biggest(List<Histogram> histograms, Function<String, String> group) {
        Map<String, Long> most = new HashMap<>();
        for (Histogram histogram : histograms) {
            sums(histogram, group).forEach((name, bytes) -> most.merge(name, bytes, Math::max));
        }
        List<String> ordered = most.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Set<String> biggest = ordered.stream()
                .filter(name -> !isOfTheJdk(name))
                .limit(MOST_OWN)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        ordered.stream().filter(name -> biggest.size() < MOST).forEach(biggest::add);
        return biggest;
    }

    private static Map<String, Long> sums(Histogram histogram, Function<String, String> group) {
        Map<String, Long> sums = new HashMap<>();
        for (TypeCount count : histogram.types()) {
            sums.merge(group.apply(count.type()), count.bytes(), Long::sum);
        }
        return sums;
    }

    private static String owner(String type, Map<String, String> owners) {
        if (isOfTheJdk(type)) {
            return JDK;
        }
        String purl = owners.get(type);
        return purl == null ? NOT_KNOWN : purl;
    }

    private static boolean isOfTheJdk(String type) {
        return !type.contains(".")
                || type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("javax.")
                || type.startsWith("com.sun.");
    }
}
