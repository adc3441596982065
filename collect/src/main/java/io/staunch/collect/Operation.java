package io.staunch.collect;

/// What can be asked of a JVM above the always-on rung.
public enum Operation {
    /// Counts all objects, dead ones too.
    HISTOGRAM_ALL("class histogram"),
    /// Collects first, then counts.
    HISTOGRAM_LIVE("class histogram of live objects"),
    OLD_OBJECTS("allocation samples"),
    THREADS("thread names"),
    NATIVE_MEMORY("native memory"),
    DUMP_LIVE("heap dump of live objects"),
    DUMP_ALL("heap dump");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
