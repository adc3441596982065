package io.staunch.drill;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the shop's processes measure of the ways between them, one JSON line a second and process: the load
/// balancer in its log, the instances of the API in `hops-INSTANCE.jsonl`.
final class HopReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double MILLI = 1e-3;

    private final Path logs;

    HopReport(Path logs) {
        this.logs = logs;
    }

    Map<Series, List<Sample>> since(Instant from) throws IOException {
        Map<Series, List<Sample>> series = new HashMap<>();
        for (Path file : files()) {
            for (String line : Files.readString(file).split("\n", -1)) {
                read(line).ifPresent(second -> add(series, second, from));
            }
        }
        series.values().forEach(samples -> samples.sort(Comparator.comparing(Sample::at)));
        return series;
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(logs)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(logs)) {
            return entries.filter(file -> isReport(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isReport(String name) {
        return name.startsWith("hops-") || name.equals(Shop.BALANCER + ".log");
    }

    /// A log has other lines too, and a last one that is still being written.
    private static Optional<JsonNode> read(String line) {
        if (!line.startsWith("{\"time\"") || !line.stripTrailing().endsWith("}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static void add(Map<Series, List<Sample>> series, JsonNode second, Instant from) {
        Instant at = Instant.parse(second.path("time").asString());
        if (at.isBefore(from)) {
            return;
        }
        for (JsonNode hop : second.path("hops")) {
            of(hop.path("measure").asString(""), hop.path("to").asString(""))
                    .ifPresent(kind -> put(series, kind, at, hop.path("millisP95")));
        }
        if (second.path("connects").asInt(0) > 0) {
            put(series, Hop.CONNECT.of(Shop.API), at, second.path("connectMillisP95"));
        }
        if (second.path("instances").size() > 0) {
            put(series, Hop.BALANCER, at, second.path("ownMillisP95"));
        }
    }

    private static Optional<Series> of(String measure, String to) {
        return switch (measure) {
            case "connect" -> Optional.of(Hop.CONNECT.of(to));
            case "round trip" -> Optional.of(Hop.ROUND_TRIP.of(to));
            case "wait" -> Optional.of(Hop.POOL_WAIT);
            case "use" -> Optional.of(Hop.QUERY);
            default -> Optional.empty();
        };
    }

    private static void put(Map<Series, List<Sample>> series, Series kind, Instant at, JsonNode millis) {
        series.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Sample(at, millis.asDouble(0) * MILLI));
    }
}
