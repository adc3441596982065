package io.staunch.drill;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Hop;
import io.staunch.incident.Impact;
import io.staunch.incident.Impact.Phase;
import io.staunch.server.response.UserFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The lines that the load writes, one a second, while it writes them.
final class LoadReport implements UserFigures {
    /// The first seconds are the load's own warming up.
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;

    LoadReport(Path file) {
        this.file = file;
    }

    /// What happened within one second.
    record Second(
            String kind,
            Instant time,
            long requests,
            long errors,
            Latency latencyMillis,
            long checkoutsCompleted,
            long visitsEnded,
            long visitsHit,
            long visitsTurnedAway,
            long activeVisits) {
        record Latency(double p95) {}
    }

    @Override
    public Map<Series, List<Sample>> since(Instant from) throws IOException {
        Map<Series, List<Sample>> series = new HashMap<>();
        List<Second> seconds = between(from, Instant.MAX);
        if (!seconds.isEmpty()) {
            series.put(Series.REQUESTS, samples(seconds, Second::requests));
            series.put(
                    Series.LATENCY,
                    samples(seconds, second -> second.latencyMillis().p95() / 1000));
            series.put(
                    Hop.PER_CLIENT,
                    samples(seconds, second -> (double) second.requests() / Math.max(1, second.activeVisits())));
            series.put(
                    Series.ERROR_RATE,
                    samples(seconds, second -> (double) second.errors() / Math.max(1, second.requests())));
        }
        return series;
    }

    @Override
    public Optional<Impact> impact(Instant quiet, Instant began, Instant cured, Instant now) throws IOException {
        List<Second> all = between(Instant.MIN, now);
        Instant start = all.isEmpty() ? quiet : all.getFirst().time().plus(WARM_UP);
        Optional<Phase> before = phase(start, quiet);
        List<Second> trouble = between(began, cured);
        Optional<Phase> during = phase(began, cured);
        return Optional.of(new Impact(
                "at the load, every second",
                before,
                during,
                phase(cured, now),
                usersHit(trouble),
                Impact.lost(before, during)));
    }

    private static OptionalDouble usersHit(List<Second> seconds) {
        long turnedAway = sum(seconds, Second::visitsTurnedAway);
        long visits = sum(seconds, Second::visitsEnded) + turnedAway;
        return visits == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * (sum(seconds, Second::visitsHit) + turnedAway) / visits);
    }

    /// The 95 % latency of a phase is the requests' own, as close as seconds allow: their weighted mean.
    private Optional<Phase> phase(Instant from, Instant to) throws IOException {
        List<Second> seconds = between(from, to);
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        long requests = sum(seconds, Second::requests);
        double length = seconds.size();
        double latency = 0;
        for (Second second : seconds) {
            latency += second.latencyMillis().p95() * second.requests();
        }
        return Optional.of(new Phase(
                from,
                to,
                requests,
                requests / length,
                (double) sum(seconds, Second::errors) / Math.max(1, requests),
                Duration.ofMillis(Math.round(latency / Math.max(1, requests))),
                60 * sum(seconds, Second::checkoutsCompleted) / length));
    }

    private List<Second> between(Instant from, Instant to) throws IOException {
        List<Second> seconds = new ArrayList<>();
        if (Files.notExists(file)) {
            return seconds;
        }
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (!line.isBlank()) {
                Second second = read(line);
                if (second.kind().equals("second")
                        && second.time().isAfter(from)
                        && !second.time().isAfter(to)) {
                    seconds.add(second);
                }
            }
        }
        return seconds;
    }

    private Second read(String line) throws IOException {
        try {
            return JSON.readValue(line, Second.class);
        } catch (JacksonException e) {
            throw new IOException(file + ": expected a line of the load's report, found " + line, e);
        }
    }

    private static List<Sample> samples(List<Second> seconds, ToDoubleFunction<Second> value) {
        return seconds.stream()
                .map(second -> new Sample(second.time(), value.applyAsDouble(second)))
                .toList();
    }

    private static long sum(List<Second> seconds, ToLongFunction<Second> value) {
        return seconds.stream().mapToLong(value).sum();
    }
}
