package io.staunch.shop.balancer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the balancer did in the last second: answers and their times by instance, connects and their times,
/// visitors who found no instance, connections that broke. Thread-safe.
final class Measures {
    private Map<String, List<Long>> answers = new TreeMap<>();
    private List<Long> connects = new ArrayList<>();
    private List<Long> own = new ArrayList<>();
    private long errors;
    private long unavailable;
    private long broken;

    /// @param ownNanos of the answer's time, what the balancer itself took
    synchronized void answered(String instance, long nanos, long ownNanos, int status) {
        answers.computeIfAbsent(instance, _ -> new ArrayList<>()).add(nanos);
        own.add(ownNanos);
        errors += status >= 500 ? 1 : 0;
    }

    synchronized void connected(long nanos) {
        connects.add(nanos);
    }

    synchronized void unavailable() {
        unavailable++;
    }

    synchronized void broken() {
        broken++;
    }

    /// The last second as one line of JSON; counting starts afresh.
    synchronized String line(Instant time) {
        StringBuilder instances = new StringBuilder();
        answers.forEach((name, nanos) -> instances
                .append(instances.isEmpty() ? "" : ", ")
                .append("{\"instance\":\"%s\",\"requests\":%d,\"millisP50\":%.1f,\"millisP95\":%.1f}"
                        .formatted(name, nanos.size(), quantile(nanos, 0.5), quantile(nanos, 0.95))));
        String line =
                "{\"time\":\"%s\",\"instances\":[%s],\"connects\":%d,\"connectMillisP95\":%.2f,\"ownMillisP95\":%.3f,"
                                .formatted(
                                        time, instances, connects.size(), quantile(connects, 0.95), quantile(own, 0.95))
                        + "\"errors\":%d,\"unavailable\":%d,\"broken\":%d}".formatted(errors, unavailable, broken);
        answers = new TreeMap<>();
        connects = new ArrayList<>();
        own = new ArrayList<>();
        errors = 0;
        unavailable = 0;
        broken = 0;
        return line;
    }

    /// In milliseconds; 0 when there is none.
    private static double quantile(List<Long> nanos, double share) {
        if (nanos.isEmpty()) {
            return 0;
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }
}
