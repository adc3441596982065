package io.staunch.collect;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// What takes a server's memory beside its keys: client output buffers, scripts and functions, the replication
/// backlog, fragmentation, the tables of keys. From `INFO`, `MEMORY STATS` and `CLIENT LIST`; what is refused is
/// left out.
record RedisParts(Jedis redis, RedisInfo info) {
    Map<String, Long> all() {
        Map<String, Long> parts = new TreeMap<>();
        put(parts, "scripts", "used_memory_scripts", "used_memory_lua");
        put(parts, "functions", "used_memory_functions", "");
        put(parts, "replication backlog", "mem_replication_backlog", "");
        put(parts, "fragmentation", "allocator_frag_bytes", "");
        put(parts, "client buffers", "mem_clients_normal", "");
        fromMemoryStats(parts);
        fromClientList(parts);
        return parts;
    }

    private void put(Map<String, Long> parts, String part, String name, String olderName) {
        OptionalLong value = info.number(name);
        OptionalLong found = value.isPresent() ? value : info.number(olderName);
        if (found.isPresent()) {
            parts.put(part, found.getAsLong());
        }
    }

    private void fromMemoryStats(Map<String, Long> parts) {
        try {
            if (redis.memoryStats().get("overhead.total") instanceof Long overhead) {
                parts.put("overhead of keys and clients", overhead);
            }
        } catch (JedisDataException e) {
            // Not allowed to this user.
        }
    }

    /// What waits to be sent, over all clients: `omem=`.
    private void fromClientList(Map<String, Long> parts) {
        try {
            long waiting = 0;
            for (String field : redis.clientList().split("[ \n]", -1)) {
                if (field.startsWith("omem=")) {
                    waiting += Long.parseLong(field.substring("omem=".length()));
                }
            }
            parts.put("client output buffers", waiting);
        } catch (JedisDataException | NumberFormatException e) {
            // Not allowed to this user, or of a server that writes its list otherwise.
        }
    }
}
