package io.staunch.collect;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Watches a Redis or Valkey server by one `INFO` a reading, which takes it tens of microseconds. Commands that
/// block a server, such as `DEBUG` and `KEYS`, are never sent.
public final class RedisProbe implements Probe {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int LONGEST_ID = 16;

    private static final Pattern RELEASE = Pattern.compile("/releases/([^/]+)/");

    private final RedisServer server;
    private final Jedis redis;
    private final KeySample sample;

    private RedisProbe(RedisServer server, Jedis redis) {
        this.server = server;
        this.redis = redis;
        this.sample = new KeySample(redis);
    }

    /// Connects and asks once.
    ///
    /// @param uri `redis://[user[:password]@]host:port[/database]`, or `rediss:` over TLS
    public static RedisProbe connect(URI uri) throws ConnectFailed {
        String name = RedisServer.address(uri);
        try {
            return open(uri, name);
        } catch (JedisAccessControlException e) {
            throw failed(ConnectFailed.Kind.DENIED, name, e);
        } catch (JedisDataException e) {
            throw failed(isDenied(e) ? ConnectFailed.Kind.DENIED : ConnectFailed.Kind.NOT_REDIS, name, e);
        } catch (JedisConnectionException e) {
            boolean talks = String.valueOf(e.getMessage()).contains("Unknown reply");
            throw failed(talks ? ConnectFailed.Kind.NOT_REDIS : ConnectFailed.Kind.UNREACHABLE, name, e);
        } catch (JedisException e) {
            throw failed(ConnectFailed.Kind.UNREACHABLE, name, e);
        }
    }

    private static RedisProbe open(URI uri, String name) {
        Jedis redis = new Jedis(uri, TIMEOUT_MILLIS);
        try {
            return new RedisProbe(server(name, RedisInfo.parse(redis.info())), redis);
        } catch (JedisException e) {
            redis.close();
            throw e;
        }
    }

    private static RedisServer server(String address, RedisInfo info) {
        Instant now = info.number("server_time_usec").stream()
                .mapToObj(micros -> Instant.ofEpochMilli(micros / 1_000))
                .findFirst()
                .orElseGet(Instant::now);
        String life = info.values().getOrDefault("run_id", address.replaceAll("[^A-Za-z0-9.]", "-"));
        Matcher release = RELEASE.matcher(info.values().getOrDefault("config_file", ""));
        return new RedisServer(
                "redis-" + life.substring(0, Math.min(life.length(), LONGEST_ID)),
                address,
                info.values().getOrDefault("redis_version", "unknown"),
                release.find() ? Optional.of(release.group(1)) : Optional.empty(),
                now.minusSeconds(info.number("uptime_in_seconds").orElse(0)),
                Host.redisProcess(address, info.number("process_id")));
    }

    private static ConnectFailed failed(ConnectFailed.Kind kind, String name, JedisException e) {
        String text = TargetCalls.firstLine(e);
        String found = text.startsWith("Failed to connect to") ? "nobody who answers there" : text;
        return new ConnectFailed(kind, name + ": expected a Redis server, found " + found, e);
    }

    public String version() {
        return server.version();
    }

    @Override
    public RedisServer target() {
        return server;
    }

    /// What it holds, by key group, from a sample of its keys, and what else takes its memory.
    ///
    /// A user needs no more rights than `+@read +info +scan +dbsize +memory|usage +memory|stats +client|list`.
    /// Without the last two, parts of what is beside the keys are missing.
    ///
    /// @param keys about how many are looked at
    public synchronized RedisSurvey survey(int keys) throws TargetGone {
        try {
            Instant now = Instant.now();
            RedisInfo info = RedisInfo.parse(redis.info("everything"));
            long all = sampleIfAllowed(keys, info);
            return new RedisSurvey(
                    now,
                    server.version(),
                    info.values().getOrDefault("config_file", ""),
                    info.number("used_memory").orElse(0),
                    info.number("maxmemory").orElse(0),
                    info.values().getOrDefault("maxmemory_policy", "unknown"),
                    info.number("evicted_keys").orElse(0),
                    info.outOfMemoryErrors(),
                    all,
                    sample.sampled(),
                    sample.groups(all),
                    new RedisParts(redis, info).all());
        } catch (JedisException e) {
            throw gone(e);
        }
    }

    /// Of a user that may not look at keys none is sampled.
    ///
    /// @return how many there are
    private long sampleIfAllowed(int keys, RedisInfo info) {
        try {
            sample.take(keys);
            return redis.dbSize();
        } catch (JedisDataException e) {
            if (!isDenied(e)) {
                throw e;
            }
            sample.forget();
            return info.keys();
        }
    }

    private static boolean isDenied(JedisDataException e) {
        String said = TargetCalls.firstLine(e).toUpperCase(Locale.ROOT);
        return e instanceof JedisAccessControlException
                || said.startsWith("NOAUTH")
                || said.startsWith("WRONGPASS")
                || said.startsWith("NOPERM");
    }

    /// The client that most waits for, in words without what waits; empty if nothing waits, or this user may not ask.
    public synchronized Optional<String> slowestClient() throws TargetGone {
        try {
            return RedisClients.slowest(redis.clientList());
        } catch (JedisDataException e) {
            return Optional.empty();
        } catch (JedisException e) {
            throw gone(e);
        }
    }

    @Override
    public synchronized List<Reading> read() throws TargetGone {
        try {
            Instant now = Instant.now();
            return RedisInfo.parse(redis.info()).readings(now);
        } catch (JedisException e) {
            throw gone(e);
        }
    }

    private TargetGone gone(JedisException e) {
        TargetGone.Kind kind = String.valueOf(e.getMessage()).contains("Read timed out")
                        || e.getCause() instanceof java.net.SocketTimeoutException
                ? TargetGone.Kind.NOT_ANSWERING
                : TargetGone.Kind.DIED;
        return new TargetGone(
                kind, server.address() + ": expected an answer to INFO, found " + TargetCalls.firstLine(e), e);
    }

    /// The server's own time for `INFO` is not told apart from its other work.
    @Override
    public Cost cost() {
        return Cost.NONE;
    }

    @Override
    public synchronized void close() {
        redis.close();
    }
}
