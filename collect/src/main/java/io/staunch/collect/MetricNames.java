package io.staunch.collect;

import io.staunch.collect.MetricsInstance.Dialect;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the metrics of each dialect mean. `jvm_memory_used_bytes` is a trap: Micrometer has it by `area` and pool
/// (`id`), client_java by `area` alone, OpenTelemetry by `jvm_memory_type` and `jvm_memory_pool_name`; so a line means
/// something in the dialect of its instance only.
final class MetricNames {
    /// What old generation and survivors hold, of which garbage is a part.
    static final Series UPPER_BOUND = PerfReadings.UPPER_BOUND;
    /// Of the old generation's limit, what was left after its last collection: Micrometer's way to say it.
    static final Series SHARE_AFTER_COLLECTION = new Series("share after collection", Unit.RATIO);
    /// The longest-lived pool's limit.
    static final Series OLD_POOL = new Series("old pool", Unit.BYTES);

    /// Dots stand for underlines too: version 3 of Prometheus keeps the dots of OpenTelemetry's names.
    private static final List<String> GAUGES = List.of(
            "jvm.memory.used",
            "jvm.memory.used.bytes",
            "jvm.memory.bytes.used",
            "jvm.memory.used.after.last.gc",
            "jvm.memory.used.after.last.gc.bytes",
            "jvm.memory.usage.after.gc",
            "jvm.memory.usage.after.gc.percent",
            "jvm.gc.live.data.size.bytes",
            "jvm.memory.pool.used.bytes",
            "jvm.memory.pool.bytes.used",
            "jvm.memory.pool.collection.used.bytes",
            "jvm.buffer.memory.used",
            "jvm.buffer.memory.used.bytes",
            "jvm.buffer.pool.used.bytes",
            "jvm.classes.loaded.classes",
            "jvm.class.count",
            "jvm.classes.currently.loaded",
            "jvm.classes.loaded",
            "jvm.threads.live.threads",
            "jvm.thread.count",
            "jvm.threads.current",
            "process.files.open.files",
            "jvm.file.descriptor.count",
            "process.open.fds",
            "process.resident.memory.bytes",
            "process.memory.usage",
            "process.memory.usage.bytes",
            "hikaricp.connections.active",
            "hikaricp.active.connections",
            "db.client.connection.count",
            "db.client.connections.usage",
            "hikaricp.connections.pending",
            "hikaricp.pending.threads",
            "db.client.connection.pending.requests",
            "tomcat.sessions.active.current.sessions",
            "tomcat.session.active.count",
            "redis.memory.used",
            "redis.memory.used.bytes",
            "redis.memory.rss",
            "redis.memory.rss.bytes",
            "redis.memory.used.rss.bytes");

    private static final List<String> STANDING = List.of(
            "jvm.memory.max.bytes",
            "jvm.memory.bytes.max",
            "jvm.memory.limit",
            "jvm.memory.limit.bytes",
            "jvm.memory.pool.max.bytes",
            "jvm.memory.pool.bytes.max",
            "process.files.max.files",
            "jvm.file.descriptor.limit",
            "process.max.fds",
            "hikaricp.connections.max",
            "hikaricp.max.connections",
            "db.client.connection.max",
            "redis.memory.max.bytes",
            "redis.maxmemory",
            "redis.maxmemory.bytes",
            "process.start.time.seconds",
            "target.info");

    /// How many requests there were, by name of the counter.
    private static final List<String> REQUESTS = List.of(
            "http.server.requests.seconds.count",
            "http.server.request.duration.seconds.count",
            "http.server.request.duration.count",
            "http.requests.total",
            "http.server.requests.total");

    /// What tells the parts of one sum apart. Not the instance or the replica of the metrics server: the same part
    /// that comes twice is one.
    private static final List<String> PARTS = List.of(
            "id",
            "pool",
            "jvm_memory_pool_name",
            "jvm_buffer_pool_name",
            "jvm_thread_daemon",
            "jvm_thread_state",
            "db_client_connection_pool_name",
            "context",
            "tomcat_context",
            "name");

    private MetricNames() {}

    /// One part of a sum.
    record Part(Series series, String key) {}

    /// A regular expression for all that is asked for: what is followed, and what is looked at now and then.
    static String all() {
        return Stream.of(GAUGES, STANDING, REQUESTS).flatMap(List::stream).collect(Collectors.joining("|"));
    }

    static String gauges() {
        return String.join("|", GAUGES);
    }

    private static boolean isAmong(List<String> names, String name) {
        return names.contains(name.replace('_', '.'));
    }

    static boolean isGauge(String name) {
        return isAmong(GAUGES, name);
    }

    static boolean countsRequests(String name) {
        return isAmong(REQUESTS, name);
    }

    /// Of these only the lows count between two points in time.
    static boolean countsByItsLows(String name) {
        return switch (bare(name)) {
            case "jvm_memory_used", "jvm_memory_bytes_used", "jvm_memory_pool_used", "jvm_memory_pool_bytes_used" ->
                true;
            default -> false;
        };
    }

    private static String bare(String name) {
        return name.endsWith("_bytes") ? name.substring(0, name.length() - "_bytes".length()) : name;
    }

    /// @param lines all that one instance has
    static Dialect dialect(List<PrometheusClient.Line> lines) {
        if (lines.stream().anyMatch(line -> line.labels().containsKey("jvm_memory_pool_name"))) {
            return Dialect.OPEN_TELEMETRY;
        }
        Set<String> names = lines.stream().map(line -> bare(line.name())).collect(Collectors.toSet());
        boolean pools = lines.stream()
                .anyMatch(line -> bare(line.name()).equals("jvm_memory_used")
                        && line.labels().containsKey("id"));
        if (pools) {
            return Dialect.MICROMETER;
        }
        if (names.stream().anyMatch(name -> name.startsWith("jvm_memory"))) {
            return Dialect.JMX_EXPORTER;
        }
        if (names.contains("redis_memory_used")) {
            return Dialect.REDIS;
        }
        boolean process = names.contains("process_resident_memory") || names.contains("process_memory_usage");
        return process ? Dialect.PROCESS : Dialect.UNKNOWN;
    }

    /// Whether the instance says what is left after collections; then what is used in between is no evidence.
    static boolean knowsLiveSet(List<PrometheusClient.Line> lines) {
        return lines.stream()
                .map(line -> bare(line.name()))
                .anyMatch(name -> name.equals("jvm_memory_used_after_last_gc")
                        || name.startsWith("jvm_memory_usage_after_gc")
                        || name.equals("jvm_gc_live_data_size")
                        || name.equals("jvm_memory_pool_collection_used"));
    }

    /// What a line is part of; none if it is of no use in this dialect.
    static List<Part> parts(Dialect dialect, PrometheusClient.Line line) {
        String key = PARTS.stream().map(line::label).collect(Collectors.joining("\n"));
        return series(dialect, bare(line.name()), line).stream()
                .map(series -> new Part(series, key))
                .toList();
    }

    private static List<Series> series(Dialect dialect, String name, PrometheusClient.Line line) {
        return switch (name) {
            case "jvm_memory_used", "jvm_memory_bytes_used" -> used(dialect, line);
            case "jvm_memory_used_after_last_gc", "jvm_memory_pool_collection_used" ->
                isOld(line) ? List.of(Series.LIVE_SET) : List.of();
            case "jvm_memory_usage_after_gc", "jvm_memory_usage_after_gc_percent" ->
                line.label("pool").equals("long-lived") || line.label("pool").isEmpty()
                        ? List.of(SHARE_AFTER_COLLECTION)
                        : List.of();
            case "jvm_gc_live_data_size" -> List.of(Series.LIVE_SET);
            case "jvm_memory_pool_used", "jvm_memory_pool_bytes_used" -> pool(line);
            case "jvm_buffer_memory_used", "jvm_buffer_pool_used" ->
                pools(line).contains("direct") ? List.of(Series.DIRECT_BUFFERS) : List.of();
            case "jvm_classes_loaded_classes",
                    "jvm_class_count",
                    "jvm_classes_currently_loaded",
                    "jvm_classes_loaded" -> List.of(Series.CLASSES);
            case "jvm_threads_live_threads", "jvm_thread_count", "jvm_threads_current" -> List.of(Series.THREADS);
            case "process_files_open_files", "jvm_file_descriptor_count", "process_open_fds" ->
                List.of(Series.OPEN_FILES);
            case "process_resident_memory", "process_memory_usage", "redis_memory_rss", "redis_memory_used_rss" ->
                List.of(Series.RSS);
            case "redis_memory_used" -> List.of(Series.REDIS_USED_MEMORY);
            case "tomcat_sessions_active_current_sessions", "tomcat_session_active_count" -> List.of(Series.SESSIONS);
            default -> connections(name, line);
        };
    }

    private static List<Series> connections(String name, PrometheusClient.Line line) {
        return switch (name) {
            case "hikaricp_connections_active", "hikaricp_active_connections" -> List.of(Series.CONNECTIONS_IN_USE);
            case "db_client_connection_count", "db_client_connections_usage" ->
                line.label("state").equals("used")
                                || line.label("db_client_connection_state").equals("used")
                        ? List.of(Series.CONNECTIONS_IN_USE)
                        : List.of();
            case "hikaricp_connections_pending", "hikaricp_pending_threads", "db_client_connection_pending_requests" ->
                List.of(Series.CONNECTIONS_WAITED_FOR);
            default -> List.of();
        };
    }

    /// Of client_java only the sum; its pools have a metric of their own.
    private static List<Series> used(Dialect dialect, PrometheusClient.Line line) {
        boolean ofDialect = switch (dialect) {
            case MICROMETER -> line.labels().containsKey("id");
            case OPEN_TELEMETRY -> line.labels().containsKey("jvm_memory_pool_name");
            case JMX_EXPORTER ->
                !line.labels().containsKey("id") && !line.labels().containsKey("jvm_memory_pool_name");
            case REDIS, PROCESS, UNKNOWN -> false;
        };
        if (!ofDialect) {
            return List.of();
        }
        if (isHeap(line)) {
            return isOld(line) ? List.of(Series.HEAP_USED, UPPER_BOUND) : List.of(Series.HEAP_USED);
        }
        return pools(line).contains("Metaspace") ? List.of(Series.METASPACE) : List.of();
    }

    private static List<Series> pool(PrometheusClient.Line line) {
        if (isOld(line)) {
            return List.of(UPPER_BOUND);
        }
        return pools(line).contains("Metaspace") ? List.of(Series.METASPACE) : List.of();
    }

    /// What a line limits; in the other direction as [#parts].
    static List<Part> limits(Dialect dialect, PrometheusClient.Line line) {
        String key = PARTS.stream().map(line::label).collect(Collectors.joining("\n"));
        List<Series> limited = switch (bare(line.name())) {
            case "jvm_memory_max", "jvm_memory_bytes_max", "jvm_memory_limit" -> heapLimit(line);
            case "jvm_memory_pool_max", "jvm_memory_pool_bytes_max" -> isOld(line) ? List.of(OLD_POOL) : List.of();
            case "process_files_max_files", "jvm_file_descriptor_limit", "process_max_fds" ->
                List.of(Series.OPEN_FILES);
            case "hikaricp_connections_max", "hikaricp_max_connections", "db_client_connection_max" ->
                List.of(Series.CONNECTIONS_IN_USE);
            case "redis_memory_max", "redis_maxmemory" -> List.of(Series.REDIS_USED_MEMORY);
            default -> List.of();
        };
        return limited.stream().map(series -> new Part(series, key)).toList();
    }

    private static List<Series> heapLimit(PrometheusClient.Line line) {
        if (!isHeap(line)) {
            return List.of();
        }
        return isOld(line) ? List.of(Series.HEAP_USED, OLD_POOL) : List.of(Series.HEAP_USED);
    }

    private static boolean isHeap(PrometheusClient.Line line) {
        return line.label("area").equals("heap")
                || line.label("jvm_memory_type").equals("heap");
    }

    private static Set<String> pools(PrometheusClient.Line line) {
        return Stream.of("id", "pool", "jvm_memory_pool_name", "jvm_buffer_pool_name")
                .map(line::label)
                .collect(Collectors.toSet());
    }

    private static boolean isOld(PrometheusClient.Line line) {
        return pools(line).stream().anyMatch(HeapReadings::isOldPool);
    }

    /// The version of what runs, if the labels say it.
    static Optional<String> release(List<PrometheusClient.Line> lines) {
        return Stream.of("service_version", "version", "app_version", "app_kubernetes_io_version", "release")
                .flatMap(label -> lines.stream()
                        .filter(line ->
                                !line.name().endsWith("_info") || line.name().equals("target_info"))
                        .map(line -> line.label(label))
                        .filter(value -> !value.isBlank())
                        .limit(1))
                .findFirst();
    }
}
