package io.staunch.collect;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The answer to Redis' `CLIENT LIST`: a line of `name=value` for each client, of which `omem` is how many bytes wait
/// to be sent to it.
final class RedisClients {
    private RedisClients() {}

    static Optional<String> slowest(String list) {
        return list.lines()
                .map(RedisClients::fields)
                .filter(client -> waiting(client) > 0)
                .max(Comparator.comparingLong(RedisClients::waiting))
                .map(RedisClients::words);
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }

    private static long waiting(Map<String, String> client) {
        try {
            return Long.parseLong(client.getOrDefault("omem", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String words(Map<String, String> client) {
        String name = client.getOrDefault("name", "");
        String address = client.getOrDefault("addr", "");
        int colon = address.lastIndexOf(':');
        return "client " + (name.isEmpty() ? "without a name" : name) + " at "
                + (colon > 0 ? address.substring(0, colon) : "an unknown address") + ", last command "
                + client.getOrDefault("cmd", "unknown");
    }
}
