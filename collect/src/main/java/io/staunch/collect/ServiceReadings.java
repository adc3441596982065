package io.staunch.collect;

import io.staunch.detect.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;

/// HTTP sessions and database connections, where a target shows them as MBeans: Tomcat's session managers, HikariCP,
/// Tomcat's JDBC pool, Commons DBCP. (Spring Boot shows Tomcat's only with `server.tomcat.mbeanregistry.enabled=true`,
/// HikariCP's only with `registerMbeans`.)
final class ServiceReadings {
    private static final Duration BETWEEN_SEARCHES = Duration.ofSeconds(30);
    /// Without a change of the number of all beans: one may have gone and another have come.
    private static final Duration BETWEEN_SEARCHES_UNCHANGED = Duration.ofMinutes(10);
    private static final int MOST_BEANS = 32;

    private final Jmx jmx;
    private List<ObjectName> sessions = List.of();
    private List<ObjectName> hikari = List.of();
    private List<ObjectName> others = List.of();
    private int count = -1;
    private Instant nextCount = Instant.MIN;
    private Instant nextSearch = Instant.MIN;

    ServiceReadings(Jmx jmx) {
        this.jmx = jmx;
    }

    List<Reading> read(Instant now) throws IOException {
        if (mayHaveChanged(now)) {
            sessions = beans("*:type=Manager,context=*,*");
            hikari = beans("com.zaxxer.hikari:type=Pool (*");
            others = new ArrayList<>(beans("*:type=ConnectionPool,*"));
            others.addAll(beans("*:type=BasicDataSource,*"));
            others.addAll(beans("Catalina:type=DataSource,*"));
        }
        List<Reading> readings = new ArrayList<>(sessions(now));
        List<Pool> pools = new ArrayList<>();
        for (ObjectName bean : hikari) {
            hikariPool(bean).ifPresent(pools::add);
        }
        for (ObjectName bean : others) {
            otherPool(bean).ifPresent(pools::add);
        }
        readings.addAll(connections(now, pools));
        return readings;
    }

    /// A count is one round trip, a search five, in each of which the target matches all its names.
    private boolean mayHaveChanged(Instant now) throws IOException {
        if (now.isBefore(nextCount)) {
            return false;
        }
        nextCount = now.plus(BETWEEN_SEARCHES);
        int before = count;
        count = jmx.count();
        if (count == before && now.isBefore(nextSearch)) {
            return false;
        }
        nextSearch = now.plus(BETWEEN_SEARCHES_UNCHANGED);
        return true;
    }

    private List<ObjectName> beans(String pattern) throws IOException {
        return jmx.names(pattern).stream().limit(MOST_BEANS).toList();
    }

    private List<Reading> sessions(Instant now) throws IOException {
        List<Reading> readings = new ArrayList<>();
        long total = 0;
        for (ObjectName manager : sessions) {
            if (jmx.attributes(manager, "activeSessions").get("activeSessions") instanceof Number active) {
                total += active.longValue();
                readings.add(
                        Reading.of(Series.SESSIONS.of(manager.getKeyProperty("context")), now, active.longValue()));
            }
        }
        return withTotal(readings, Reading.of(Series.SESSIONS, now, total));
    }

    private static List<Reading> withTotal(List<Reading> parts, Reading total) {
        return switch (parts.size()) {
            case 0 -> List.of();
            case 1 -> List.of(total);
            default -> {
                parts.addFirst(total);
                yield parts;
            }
        };
    }

    private record Pool(String name, long inUse, long waiting, long max) {}

    private Optional<Pool> hikariPool(ObjectName bean) throws IOException {
        Map<String, Object> values = jmx.attributes(bean, "ActiveConnections", "ThreadsAwaitingConnection");
        String name = bean.getKeyProperty("type").replaceFirst("^Pool \\((.*)\\)$", "$1");
        ObjectName settings = Jmx.name("com.zaxxer.hikari:type=PoolConfig (" + name + ")");
        Map<String, Object> config = jmx.attributes(settings, "MaximumPoolSize");
        return number(values, "ActiveConnections")
                .map(active -> new Pool(
                        name,
                        active,
                        number(values, "ThreadsAwaitingConnection").orElse(-1L),
                        number(config, "MaximumPoolSize").orElse(-1L)));
    }

    private Optional<Pool> otherPool(ObjectName bean) throws IOException {
        Map<String, Object> values =
                jmx.attributes(bean, "NumActive", "numActive", "MaxActive", "MaxTotal", "maxTotal", "WaitCount");
        String name = Optional.ofNullable(bean.getKeyProperty("name")).orElse(bean.getDomain());
        Optional<Long> max =
                number(values, "MaxActive").or(() -> number(values, "MaxTotal")).or(() -> number(values, "maxTotal"));
        return number(values, "NumActive")
                .or(() -> number(values, "numActive"))
                .map(active -> new Pool(
                        name.replace("\"", ""),
                        active,
                        number(values, "WaitCount").orElse(-1L),
                        max.orElse(-1L)));
    }

    private static Optional<Long> number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    private static List<Reading> connections(Instant now, List<Pool> pools) {
        List<Reading> inUse = new ArrayList<>();
        List<Reading> waiting = new ArrayList<>();
        long limit = 0;
        for (Pool pool : pools) {
            inUse.add(Reading.of(Series.CONNECTIONS_IN_USE.of(pool.name), now, pool.inUse, pool.max));
            limit += Math.max(0, pool.max);
            if (pool.waiting >= 0) {
                waiting.add(Reading.of(Series.CONNECTIONS_WAITED_FOR.of(pool.name), now, pool.waiting));
            }
        }
        long allInUse = pools.stream().mapToLong(Pool::inUse).sum();
        long allWaiting =
                pools.stream().mapToLong(pool -> Math.max(0, pool.waiting)).sum();
        List<Reading> readings =
                new ArrayList<>(withTotal(inUse, Reading.of(Series.CONNECTIONS_IN_USE, now, allInUse, limit)));
        readings.addAll(withTotal(waiting, Reading.of(Series.CONNECTIONS_WAITED_FOR, now, allWaiting)));
        return readings;
    }
}
