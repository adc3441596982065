package io.staunch.collect;

/// The garbage collector of a JVM.
public enum Collector {
    G1("G1"),
    PARALLEL("Parallel"),
    SERIAL("Serial"),
    ZGC("ZGC"),
    GENERATIONAL_ZGC("generational ZGC"),
    SHENANDOAH("Shenandoah"),
    EPSILON("Epsilon"),
    UNKNOWN("unknown collector");

    private final String label;

    Collector(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }

    /// From the names that a JVM's collector beans or performance counters have, any one of them.
    static Collector of(Iterable<String> names) {
        boolean z = false;
        for (String name : names) {
            if (name.startsWith("G1")) {
                return G1;
            }
            if (name.startsWith("PS ")
                    || name.startsWith("Parallel")
                    || name.startsWith("PSScavenge")
                    || name.startsWith("PSParallelCompact")) {
                return PARALLEL;
            }
            if (name.startsWith("Copy")
                    || name.startsWith("MarkSweepCompact")
                    || name.startsWith("Serial")
                    || name.startsWith("MSC")) {
                return SERIAL;
            }
            if (name.startsWith("ZGC M")) {
                return GENERATIONAL_ZGC;
            }
            if (name.startsWith("ZGC m")) {
                return GENERATIONAL_ZGC;
            }
            z |= name.startsWith("Z");
            if (name.startsWith("Shenandoah")) {
                return SHENANDOAH;
            }
            if (name.startsWith("Epsilon")) {
                return EPSILON;
            }
        }
        return z ? ZGC : UNKNOWN;
    }
}
