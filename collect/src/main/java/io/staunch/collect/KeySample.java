package io.staunch.collect;

import io.staunch.collect.RedisSurvey.KeyGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.resps.ScanResult;

/// A sample of the keys, in the order of the server's own table, which is that of a hash: as good as by lot.
/// Each call goes on where the one before stopped. Takes a server some microseconds a key; it serves others in
/// between.
final class KeySample {
    private static final int MOST_ROUNDS = 40;
    private static final int MOST_GROUPS = 100;

    private final Jedis redis;
    private String cursor = "0";
    private long sampled;
    private final Map<String, long[]> groups = new HashMap<>();

    KeySample(Jedis redis) {
        this.redis = redis;
    }

    /// Looks at about so many keys.
    void take(int keys) {
        forget();
        for (int round = 0; round < MOST_ROUNDS && sampled < keys; round++) {
            ScanResult<String> found = redis.scan(cursor, new redis.clients.jedis.params.ScanParams().count(100));
            cursor = found.getCursor();
            look(found.getResult());
            if (cursor.equals("0")) {
                return;
            }
        }
    }

    void forget() {
        groups.clear();
        sampled = 0;
    }

    private void look(List<String> keys) {
        List<Response<Long>> sizes = new ArrayList<>();
        List<Response<Long>> lives = new ArrayList<>();
        try (Pipeline ask = redis.pipelined()) {
            for (String key : keys) {
                sizes.add(ask.memoryUsage(key));
                lives.add(ask.ttl(key));
            }
            ask.sync();
            for (int i = 0; i < keys.size(); i++) {
                count(keys.get(i), sizes.get(i).get(), lives.get(i).get());
            }
        }
    }

    /// A key may be gone by the time that it is looked at: then it has no size.
    private void count(String key, @org.jspecify.annotations.Nullable Long size, Long life) {
        if (size == null) {
            return;
        }
        String pattern = KeyPattern.of(key);
        long[] group = groups.computeIfAbsent(
                groups.size() < MOST_GROUPS || groups.containsKey(pattern) ? pattern : "*", _ -> new long[3]);
        group[0]++;
        group[1] += size;
        group[2] += life >= 0 ? 1 : 0;
        sampled++;
    }

    long sampled() {
        return sampled;
    }

    /// Scaled to all keys, the most bytes first.
    List<KeyGroup> groups(long allKeys) {
        double scale = sampled == 0 ? 0 : (double) allKeys / sampled;
        return groups.entrySet().stream()
                .map(entry -> new KeyGroup(
                        entry.getKey(),
                        Math.round(entry.getValue()[0] * scale),
                        Math.round(entry.getValue()[1] * scale),
                        (double) entry.getValue()[2] / entry.getValue()[0]))
                .sorted(Comparator.comparingLong(KeyGroup::bytes).reversed())
                .toList();
    }
}
