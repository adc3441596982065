package io.staunch.collect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What a Redis server holds, by key group, and what else takes its memory. Sizes in bytes.
///
/// @param version       of the server
/// @param configuration the file that it was started with; empty if none
/// @param limit         `maxmemory`; 0 for none
/// @param policy        `maxmemory-policy`: what makes room at the limit
/// @param evicted       keys that made room since the server started
/// @param refused       commands that failed for want of memory since then, where the server counts them (6.2 on)
/// @param keys          in all databases
/// @param sampled       how many of them were looked at
/// @param groups        the most bytes first, scaled from the sample to all keys
/// @param parts         what takes memory beside the keys, by name: client output buffers, scripts, replication
///                      backlog, fragmentation. What this user may not ask is missing
public record RedisSurvey(
        Instant at,
        String version,
        String configuration,
        long used,
        long limit,
        String policy,
        long evicted,
        OptionalLong refused,
        long keys,
        long sampled,
        List<KeyGroup> groups,
        Map<String, Long> parts) {
    public RedisSurvey {
        groups = List.copyOf(groups);
        parts = Map.copyOf(parts);
    }

    /// Keys of one pattern, such as `cart:*`.
    ///
    /// @param keys        how many there are
    /// @param bytes       what they take, values and all
    /// @param expiryShare share of them that expire by themselves, 0 to 1
    public record KeyGroup(String pattern, long keys, long bytes, double expiryShare) {}

    /// Whether the server makes room among all keys when it is full.
    public boolean makesRoom() {
        return limit > 0 && policy.startsWith("allkeys-");
    }

    /// Whether it makes room among the keys that expire, and no others.
    public boolean makesRoomAmongExpiring() {
        return limit > 0 && policy.startsWith("volatile-");
    }
}
