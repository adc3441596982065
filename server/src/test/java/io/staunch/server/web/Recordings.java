package io.staunch.server.web;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.JvmInfo;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Course;
import io.staunch.incident.Entry;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.server.HeapSummary;
import io.staunch.server.Outcome;
import io.staunch.server.WatchedTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/// The incidents of the five drills as Staunch recorded them, each whole or as it stood at a moment.
final class Recordings {
    static final List<String> DRILLS = List.of("cache", "auth", "connections", "payments", "sessions");

    private static final Pattern TIME = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)\"");
    private static final Pattern MILLIS = Pattern.compile("\\b1\\d{12}\\b");

    private Recordings() {}

    /// As it stood in the end.
    static Incident whole(String drill) {
        try (InputStream in = Recordings.class.getResourceAsStream("drills/" + drill + ".json.gz")) {
            if (in == null) {
                throw new IllegalArgumentException("expected the recording of a drill, found none of " + drill);
            }
            Path directory = Files.createTempDirectory("recording");
            Path file = directory.resolve("recorded.json");
            Files.write(file, new GZIPInputStream(in).readAllBytes());
            Incident incident = new IncidentStore(directory).find("recorded").orElseThrow();
            Files.delete(file);
            Files.delete(directory);
            return incident;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a dump of the shop showed during the drill `sessions`: the first, or the second some 20 s later.
    static HeapSummary heap(int number) {
        try (InputStream in = Recordings.class.getResourceAsStream("drills/heap-" + number + ".json.gz")) {
            if (in == null) {
                throw new IllegalArgumentException("expected the heap of a drill, found no number " + number);
            }
            return new JsonMapper().readValue(new GZIPInputStream(in).readAllBytes(), HeapSummary.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A little after the cause was named, before anything was done: the moment at which somebody has to decide.
    static Instant named(Incident whole) {
        Instant cause = whole.causeNamed().orElseThrow().plusSeconds(2);
        return whole.attempts().stream()
                .map(attempt -> attempt.at().minusMillis(1))
                .filter(first -> first.isBefore(cause))
                .findFirst()
                .orElse(cause);
    }

    /// As it stood then, still open.
    static Incident asOf(Incident whole, Instant then) {
        return new Incident(
                whole.id(),
                whole.service(),
                whole.target(),
                Incident.Status.OPEN,
                whole.detected(),
                whole.causeNamed().filter(at -> !at.isAfter(then)),
                Optional.empty(),
                Optional.empty(),
                whole.growth(),
                whole.causeNamed().filter(at -> !at.isAfter(then)).flatMap(_ -> whole.culprit()),
                whole.causeNamed().filter(at -> !at.isAfter(then)).flatMap(_ -> whole.brokenBy()),
                whole.suspects(),
                whole.opinions().stream().filter(one -> !one.at().isAfter(then)).toList(),
                whole.changes().stream().filter(one -> !one.at().isAfter(then)).toList(),
                whole.attempts().stream().filter(one -> !one.at().isAfter(then)).toList(),
                whole.timeline().stream().filter(one -> !one.at().isAfter(then)).toList(),
                whole.impact(),
                whole.cost(),
                whole.courses().stream()
                        .map(course -> until(course, then))
                        .filter(course -> course.values().size() > 1)
                        .toList());
    }

    /// The same, some time later, with all that it measured and tells.
    static Incident later(Incident incident, Duration by) {
        try {
            Path directory = Files.createTempDirectory("recording");
            IncidentStore store = new IncidentStore(directory);
            store.save(incident);
            Path file = directory.resolve(incident.id() + ".json");
            String times = TIME.matcher(Files.readString(file))
                    .replaceAll(at -> '"' + Instant.parse(at.group(1)).plus(by).toString() + '"');
            Files.writeString(
                    file,
                    MILLIS.matcher(times).replaceAll(at -> Long.toString(Long.parseLong(at.group()) + by.toMillis())));
            Incident moved = store.find(incident.id()).orElseThrow();
            Files.delete(file);
            Files.delete(directory);
            return moved;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Course until(Course course, Instant then) {
        int kept = (int) course.atMillis().stream()
                .filter(at -> at <= then.toEpochMilli())
                .count();
        return new Course(
                course.series(),
                course.limit(),
                course.atMillis().subList(0, kept),
                course.values().subList(0, kept));
    }

    /// The leaking process itself, as the watch shows it at that moment.
    static WatchedTarget leaking(Incident then, Instant now) {
        Judgement overall = new Judgement(
                then.growth().series(),
                new Verdict.Leaking(
                        then.growth().rate(),
                        then.growth().since(),
                        then.growth()
                                .exhaustion()
                                .map(end -> new Verdict.Exhaustion(
                                        end,
                                        now.plus(Duration.between(now, end)
                                                .multipliedBy(2)
                                                .dividedBy(3)),
                                        Optional.of(now.plus(
                                                Duration.between(now, end).multipliedBy(2))))),
                        then.growth().confidence(),
                        then.growth().why()));
        List<Evidence> evidence = then.timeline().stream()
                .filter(entry -> entry.kind() == Entry.Kind.EVIDENCE)
                .map(entry -> new Evidence(entry.at(), "recording", entry.sentence()))
                .toList();
        return target(then, overall, now, then.suspects(), evidence);
    }

    /// A process of that service that does not leak, by the part of the recording before the leak.
    static WatchedTarget steady(Incident whole, String service, long pid) {
        Judgement overall = new Judgement(Series.LIVE_SET, new Verdict.Steady("level within 2 % for 38 min"));
        return named(service, pid, target(asOf(whole, whole.began()), overall, whole.began(), List.of(), List.of()));
    }

    /// One of which nothing is known yet.
    static WatchedTarget unknown(Incident whole, String service, long pid) {
        Judgement overall = new Judgement(
                Series.LIVE_SET, new Verdict.Unknown("watched for 12 s: too briefly to tell growth from noise"));
        return named(service, pid, target(asOf(whole, whole.began()), overall, whole.began(), List.of(), List.of()));
    }

    private static WatchedTarget named(String service, long pid, WatchedTarget one) {
        return new WatchedTarget(jvm(service, pid, "1.8.0", one.target().started()), service, one.outcome(), one.why());
    }

    private static WatchedTarget target(
            Incident then, Judgement overall, Instant now, List<Suspect> suspects, List<Evidence> evidence) {
        Map<Series, List<Sample>> histories = new HashMap<>();
        Map<Series, Double> limits = new HashMap<>();
        Instant from = now;
        for (Course course : then.courses()) {
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < course.values().size(); i++) {
                samples.add(new Sample(
                        Instant.ofEpochMilli(course.atMillis().get(i)),
                        course.values().get(i)));
            }
            histories.put(course.series(), samples);
            course.limit().ifPresent(limit -> limits.put(course.series(), limit));
            from = samples.isEmpty() || samples.getFirst().at().isAfter(from)
                    ? from
                    : samples.getFirst().at();
        }
        JvmInfo jvm = jvm(
                then.service(),
                Long.parseLong(then.target().replaceAll("\\D", "")),
                then.brokenBy().map(release -> release.version()).orElse("2.3.1"),
                from);
        Observations seen =
                new Observations(new Measured(from, now, histories, limits, List.of(overall), overall), Held.UNKNOWN);
        Outcome outcome = new Outcome(
                jvm,
                from,
                Duration.between(from, now),
                new Diagnosis(
                        now,
                        overall,
                        List.of(overall),
                        overall.isLeak() ? then.culprit() : Optional.empty(),
                        suspects,
                        overall.isLeak()
                                ? "Roll back to the release before: it was watched without a leak."
                                : "Nothing to do."),
                seen,
                evidence,
                new Cost(118, 350),
                Optional.empty());
        return new WatchedTarget(jvm, then.service(), Optional.of(outcome), Optional.empty());
    }

    private static JvmInfo jvm(String service, long pid, String release, Instant started) {
        return new JvmInfo(
                pid,
                service + ".jar",
                "25",
                "HotSpot",
                Collector.G1,
                service,
                Optional.of(release),
                started,
                List.of(),
                JvmInfo.Way.JMX);
    }
}
