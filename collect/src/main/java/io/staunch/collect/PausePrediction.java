package io.staunch.collect;

import java.time.Duration;

/// How long a JVM will stand still for an [Operation]: about linear in the heap in use, at a rate that depends on the
/// collector. The rates are the slower ones of those measured on two cores, so that the forecast is rarely too short.
final class PausePrediction {
    private static final double BYTES_PER_GB = 1e9;
    private static final Duration SHORTEST = Duration.ofMillis(5);

    private PausePrediction() {}

    static Duration of(Collector collector, long heapUsedBytes, Operation operation) {
        double millisPerGb = switch (operation) {
            case HISTOGRAM_ALL ->
                switch (collector) {
                    case G1 -> 190;
                    case PARALLEL, SERIAL, EPSILON -> 220;
                    case ZGC, GENERATIONAL_ZGC, UNKNOWN -> 1400;
                    case SHENANDOAH -> 1050;
                };
            case HISTOGRAM_LIVE ->
                switch (collector) {
                    case G1 -> 700;
                    case PARALLEL, SERIAL -> 1600;
                    case ZGC, GENERATIONAL_ZGC -> 1400;
                    case SHENANDOAH -> 1400;
                    case EPSILON -> 220;
                    case UNKNOWN -> 1600;
                };
            case DUMP_LIVE -> 5500;
            case DUMP_ALL -> 3000;
            case OLD_OBJECTS, THREADS, NATIVE_MEMORY -> 0;
        };
        if (millisPerGb == 0) {
            return operation == Operation.OLD_OBJECTS ? Duration.ofMillis(1) : Duration.ZERO;
        }
        Duration linear = Duration.ofMillis((long) (millisPerGb * (heapUsedBytes / BYTES_PER_GB)));
        return linear.compareTo(SHORTEST) < 0 ? SHORTEST : linear;
    }
}
