package io.staunch.collect;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The answer to Redis' `INFO`: lines `name:value`, of which the `dbN` lines hold `keys=…,expires=…`.
record RedisInfo(Map<String, String> values) {
    static final Series DATASET = new Series("redis dataset", Unit.BYTES);
    static final Series CLIENT_BUFFERS = new Series("redis client buffers", Unit.BYTES);
    static final Series SCRIPTS = new Series("redis scripts", Unit.BYTES);
    static final Series FRAGMENTATION = new Series("redis fragmentation", Unit.BYTES);
    static final Series KEYS = new Series("redis keys", Unit.COUNT);
    static final Series KEYS_WITHOUT_EXPIRY = new Series("redis keys without expiry", Unit.COUNT);
    static final Series CLIENTS = new Series("redis clients", Unit.COUNT);

    static RedisInfo parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return new RedisInfo(Map.copyOf(values));
    }

    OptionalLong number(String name) {
        try {
            String value = values.get(name);
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /// From `errorstat_OOM:count=12`; 0 if the server counts errors and there was none.
    OptionalLong outOfMemoryErrors() {
        String counted = values.get("errorstat_OOM");
        if (counted != null) {
            return OptionalLong.of(part(counted, "count="));
        }
        boolean counts = values.keySet().stream().anyMatch(name -> name.startsWith("errorstat_"))
                || values.containsKey("total_error_replies");
        return counts ? OptionalLong.of(0) : OptionalLong.empty();
    }

    List<Reading> readings(Instant now) {
        List<Reading> readings = new ArrayList<>();
        add(readings, Series.REDIS_USED_MEMORY, now, "used_memory", "maxmemory");
        add(readings, Series.RSS, now, "used_memory_rss", "total_system_memory");
        add(readings, DATASET, now, "used_memory_dataset", "");
        add(readings, CLIENT_BUFFERS, now, "mem_clients_normal", "");
        add(readings, FRAGMENTATION, now, "allocator_frag_bytes", "");
        add(readings, CLIENTS, now, "connected_clients", "maxclients");
        // Version 7 counts scripts apart from the interpreter, older ones together.
        add(
                readings,
                SCRIPTS,
                now,
                number("used_memory_scripts").isPresent() ? "used_memory_scripts" : "used_memory_lua",
                "");
        readings.addAll(keys(now));
        return readings;
    }

    private void add(List<Reading> readings, Series series, Instant now, String name, String limit) {
        OptionalLong value = number(name);
        if (value.isPresent()) {
            readings.add(
                    Reading.of(series, now, value.getAsLong(), number(limit).orElse(0)));
        }
    }

    private List<Reading> keys(Instant now) {
        long keys = 0;
        long expiring = 0;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().matches("db\\d+")) {
                keys += part(entry.getValue(), "keys=");
                expiring += part(entry.getValue(), "expires=");
            }
        }
        return List.of(
                Reading.of(KEYS, now, keys),
                new Reading(KEYS_WITHOUT_EXPIRY, new Sample(now, (double) (keys - expiring)), OptionalDouble.empty()));
    }

    /// In all databases.
    long keys() {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().matches("db\\d+"))
                .mapToLong(entry -> part(entry.getValue(), "keys="))
                .sum();
    }

    private static long part(String database, String name) {
        for (String pair : database.split(",", -1)) {
            if (pair.startsWith(name)) {
                return Long.parseLong(pair.substring(name.length()));
            }
        }
        return 0;
    }
}
