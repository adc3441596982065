package io.staunch.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// What two instances of a service say of themselves over a day and a half, in the words of each dialect: one leaks 80
/// MB an hour, the other is level. In between collections garbage fills the old generation and hides both.
///
/// The last minutes, and some that are still to come, are dense, as if the server were scraping.
final class Exposition {
    static final double LEAK_BYTES_PER_HOUR = 80e6;
    static final String LEAKY = "10.0.0.1:8080";
    static final String LEVEL = "10.0.0.2:8080";
    private static final double LIMIT = 4e9;
    private static final Duration LIFE = Duration.ofHours(36);
    private static final Duration DENSE = Duration.ofMinutes(5);
    private static final Duration TO_COME = Duration.ofMinutes(20);

    private final List<Point> points = new ArrayList<>();
    private final String job;
    private final Dialect dialect;

    /// Whose words are used.
    enum Dialect {
        MICROMETER,
        OPEN_TELEMETRY,
        CLIENT_JAVA
    }

    /// One sample of one series.
    record Point(String name, Map<String, String> labels, Instant at, double value) {
        private String line(boolean millis) {
            String written = labels.entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                    .collect(Collectors.joining(",", "{", "}"));
            long time = millis ? at.toEpochMilli() : at.getEpochSecond();
            return String.format(Locale.ROOT, "%s%s %.3f %d%n", name, written, value, time);
        }
    }

    private Exposition(String job, Dialect dialect) {
        this.job = job;
        this.dialect = dialect;
    }

    /// @param job is the label by which the service is found
    static List<Point> of(String job, Dialect dialect, Instant now) {
        Exposition exposition = new Exposition(job, dialect);
        exposition.life(LEAKY, LEAK_BYTES_PER_HOUR, now);
        exposition.life(LEVEL, 0, now);
        return exposition.points;
    }

    private void life(String instance, double leak, Instant now) {
        Random random = new Random(instance.hashCode());
        Instant started = now.minus(LIFE);
        double garbage = 0;
        double left = 300e6;
        Instant at = started;
        while (at.isBefore(now.plus(TO_COME))) {
            double hours = Duration.between(started, at).toSeconds() / 3600.0;
            double alive = 300e6 + leak * hours + 2e6 * random.nextGaussian();
            boolean dense = at.isAfter(now.minus(DENSE));
            garbage += random.nextDouble() * (dense ? 1e6 : 60e6);
            if (garbage > 400e6) {
                garbage = 0;
                left = alive;
            }
            say(instance, at, started, alive + garbage, left, 1_000 * hours);
            at = at.plusSeconds(dense ? 2 : 120);
        }
    }

    private void say(String instance, Instant at, Instant started, double old, double left, double requests) {
        double eden = 50e6 + at.getEpochSecond() * 7_919 % 100 * 1e6;
        switch (dialect) {
            case MICROMETER -> micrometer(instance, at, started, old, eden, left, requests);
            case OPEN_TELEMETRY -> openTelemetry(instance, at, old, eden, left);
            case CLIENT_JAVA -> clientJava(instance, at, started, old + eden, left);
        }
    }

    private void micrometer(
            String instance, Instant at, Instant started, double old, double eden, double left, double requests) {
        add("jvm_memory_used_bytes", instance, at, old, "area", "heap", "id", "G1 Old Gen");
        add("jvm_memory_used_bytes", instance, at, eden, "area", "heap", "id", "G1 Eden Space");
        add("jvm_memory_used_bytes", instance, at, 80e6, "area", "nonheap", "id", "Metaspace");
        add("jvm_memory_max_bytes", instance, at, LIMIT, "area", "heap", "id", "G1 Old Gen");
        add("jvm_memory_max_bytes", instance, at, -1, "area", "heap", "id", "G1 Eden Space");
        add("jvm_memory_usage_after_gc", instance, at, left / LIMIT, "area", "heap", "pool", "long-lived");
        add("jvm_gc_live_data_size_bytes", instance, at, 0);
        add("jvm_threads_live_threads", instance, at, 60);
        add("process_start_time_seconds", instance, at, (double) started.getEpochSecond());
        add("http_server_requests_seconds_count", instance, at, requests, "uri", "/");
    }

    private void openTelemetry(String instance, Instant at, double old, double eden, double left) {
        String type = "jvm_memory_type";
        String pool = "jvm_memory_pool_name";
        add("jvm_memory_used_bytes", instance, at, old, type, "heap", pool, "G1 Old Gen");
        add("jvm_memory_used_bytes", instance, at, eden, type, "heap", pool, "G1 Eden Space");
        add("jvm_memory_used_bytes", instance, at, 80e6, type, "non_heap", pool, "Metaspace");
        add("jvm_memory_limit_bytes", instance, at, LIMIT, type, "heap", pool, "G1 Old Gen");
        add("jvm_memory_used_after_last_gc_bytes", instance, at, left, type, "heap", pool, "G1 Old Gen");
        add("jvm_memory_used_after_last_gc_bytes", instance, at, 0, type, "heap", pool, "G1 Eden Space");
        add("jvm_thread_count", instance, at, 60, "jvm_thread_daemon", "true");
        add("target_info", instance, at, 1, "service_version", "2.4.0");
    }

    private void clientJava(String instance, Instant at, Instant started, double heap, double left) {
        add("jvm_memory_used_bytes", instance, at, heap, "area", "heap");
        add("jvm_memory_used_bytes", instance, at, 90e6, "area", "nonheap");
        add("jvm_memory_max_bytes", instance, at, LIMIT, "area", "heap");
        add("jvm_memory_pool_used_bytes", instance, at, 80e6, "pool", "Metaspace");
        add("jvm_memory_pool_collection_used_bytes", instance, at, left, "pool", "G1 Old Gen");
        add("jvm_threads_current", instance, at, 60);
        add("process_resident_memory_bytes", instance, at, heap + 300e6);
        add("process_start_time_seconds", instance, at, (double) started.getEpochSecond());
    }

    private void add(String name, String instance, Instant at, double value, String... labels) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("job", job, "instance", instance));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        points.add(new Point(name, all, at, value));
    }

    static Path prometheus(Path file, List<Point> points) throws IOException {
        return write(file, points, true);
    }

    /// The lines of one metric lie together; times are seconds.
    static Path openMetrics(Path file, List<Point> points) throws IOException {
        return write(file, points, false);
    }

    private static Path write(Path file, List<Point> points, boolean millis) throws IOException {
        Map<String, List<Point>> metrics =
                points.stream().collect(Collectors.groupingBy(Point::name, LinkedHashMap::new, Collectors.toList()));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, List<Point>> metric : metrics.entrySet()) {
                out.write("# TYPE " + metric.getKey() + " gauge\n");
                for (Point point : metric.getValue()) {
                    out.write(point.line(millis));
                }
            }
            out.write(millis ? "" : "# EOF\n");
        }
        return file;
    }
}
