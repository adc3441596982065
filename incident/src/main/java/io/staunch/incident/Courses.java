package io.staunch.incident;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// What was measured of the processes of a service, one after the other, put together to one course a series. Bounded:
/// the oldest processes are forgotten. Not thread-safe.
final class Courses {
    private static final int MOST_LIVES = 20;
    private static final Set<Series> TELLING = Set.of(
            Series.LIVE_SET,
            Series.HEAP_USED,
            Series.RSS,
            Series.NATIVE_MEMORY,
            Series.METASPACE,
            Series.CLASSES,
            Series.THREADS,
            Series.DIRECT_BUFFERS,
            Series.REDIS_USED_MEMORY,
            Series.SESSIONS,
            Series.CONNECTIONS_IN_USE,
            Series.REQUESTS,
            Series.LATENCY,
            Series.ERROR_RATE);

    private final Map<String, Life> lives = new LinkedHashMap<>();

    private record Life(Map<Series, List<Sample>> histories, Map<Series, Double> limits) {}

    /// Takes what is known of one process by now, in place of what was known before.
    void put(String life, Map<Series, List<Sample>> histories, Map<Series, Double> limits) {
        lives.put(life, new Life(Map.copyOf(histories), Map.copyOf(limits)));
        while (lives.size() > MOST_LIVES) {
            lives.remove(lives.keySet().iterator().next());
        }
    }

    /// Begins with what was recorded before.
    void resume(List<Course> recorded) {
        Map<Series, List<Sample>> histories = new LinkedHashMap<>();
        Map<Series, Double> limits = new LinkedHashMap<>();
        for (Course course : recorded) {
            histories.put(course.series(), course.samples());
            course.limit().ifPresent(limit -> limits.put(course.series(), limit));
        }
        put("before", histories, limits);
    }

    /// Those that tell something, the one that grew first, then by name.
    List<Course> all(Series grown) {
        Map<String, Course> courses = new TreeMap<>();
        for (Life life : lives.values()) {
            for (Series series : life.histories().keySet()) {
                if (isTelling(series, grown) && !courses.containsKey(series.name())) {
                    courses.put(series.name(), course(series));
                }
            }
        }
        List<Course> ordered = new ArrayList<>();
        Course first = courses.remove(grown.name());
        if (first != null) {
            ordered.add(first);
        }
        ordered.addAll(courses.values());
        ordered.removeIf(course -> course.values().size() < 2);
        return ordered;
    }

    private Course course(Series series) {
        List<Sample> samples = new ArrayList<>();
        OptionalDouble limit = OptionalDouble.empty();
        for (Life life : lives.values()) {
            for (Sample sample : life.histories().getOrDefault(series, List.of())) {
                if (samples.isEmpty() || sample.at().isAfter(samples.getLast().at())) {
                    samples.add(sample);
                }
            }
            Double known = life.limits().get(series);
            limit = known == null ? limit : OptionalDouble.of(known);
        }
        return Course.of(series, samples, limit);
    }

    private static boolean isTelling(Series series, Series grown) {
        String quantity = series.name().split(":", 2)[0];
        return series.equals(grown)
                || quantity.startsWith("heap by")
                || TELLING.contains(new Series(quantity, series.unit()));
    }
}
