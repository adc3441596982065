package io.staunch.detect;

/// One measured quantity of a target or of the service around it. Two series with one name and one unit are
/// the same quantity; a qualifier (a memory pool, a JDBC pool, a Redis key group) is part of the name, after a colon.
public record Series(String name, Unit unit) {
    public static final Series LIVE_SET = new Series("live set", Unit.BYTES);
    public static final Series HEAP_USED = new Series("heap used", Unit.BYTES);
    public static final Series METASPACE = new Series("metaspace", Unit.BYTES);
    public static final Series CLASSES = new Series("classes", Unit.COUNT);
    public static final Series THREADS = new Series("threads", Unit.COUNT);
    public static final Series DIRECT_BUFFERS = new Series("direct buffers", Unit.BYTES);
    public static final Series MAPPED_BUFFERS = new Series("mapped buffers", Unit.BYTES);
    public static final Series RSS = new Series("rss", Unit.BYTES);
    /// Resident memory that the Java heap does not explain: RSS − the part of the heap that is resident.
    public static final Series RSS_BEYOND_HEAP = new Series("rss beyond heap", Unit.BYTES);
    /// Resident memory that is nobody's file and that neither the Java heap nor metaspace, compiled code or direct
    /// buffers explain: malloc, stacks, the collector's tables.
    public static final Series NATIVE_MEMORY = new Series("native memory", Unit.BYTES);
    public static final Series OPEN_FILES = new Series("open files", Unit.COUNT);
    public static final Series SESSIONS = new Series("sessions", Unit.COUNT);
    public static final Series CONNECTIONS_IN_USE = new Series("connections in use", Unit.COUNT);
    public static final Series CONNECTIONS_WAITED_FOR = new Series("connections waited for", Unit.COUNT);
    public static final Series REDIS_USED_MEMORY = new Series("redis used memory", Unit.BYTES);

    public static final Series REQUESTS = new Series("requests per second", Unit.PER_SECOND);
    public static final Series LATENCY = new Series("latency", Unit.SECONDS);
    public static final Series ERROR_RATE = new Series("error rate", Unit.RATIO);
    public static final Series CHECKOUTS = new Series("checkouts per minute", Unit.COUNT);

    public Series {
        if (name.isBlank()) {
            throw new IllegalArgumentException("series: expected a name, found none");
        }
    }

    /// The same quantity of one part: `of("old generation")` of `live set` is `live set: old generation`.
    public Series of(String qualifier) {
        return new Series(name + ": " + qualifier, unit);
    }
}
