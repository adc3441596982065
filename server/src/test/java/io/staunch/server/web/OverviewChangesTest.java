package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.server.web.Overview.View;
import io.staunch.server.web.Overview.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class OverviewChangesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void whoAppliesTheChangesHasTheOverview() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Made made = new Made(random);
            View before = made.next();
            Map<String, ObjectNode> known = new LinkedHashMap<>();
            before.targets().forEach(target -> known.put((String) target.get("id"), MAPPER.valueToTree(target)));
            List<String> order = new ArrayList<>(known.keySet());
            for (int round = 0; round < 60; round++) {
                View now = made.next();
                order = apply(MAPPER.valueToTree(OverviewChange.of(before, now)), known, order);
                assertThat(order.stream().map(known::get).map(OverviewChangesTest::lasting))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(now.targets().stream()
                                .map(target -> lasting(MAPPER.valueToTree(target)))
                                .toList());
                before = now;
            }
        }
    }

    /// As the description of `staunch.changes/1` says.
    private static List<String> apply(JsonNode change, Map<String, ObjectNode> known, List<String> order) {
        for (JsonNode part : change.get("targets")) {
            ObjectNode target = known.computeIfAbsent(part.get("id").asString(), _ -> MAPPER.createObjectNode());
            part.propertyNames().forEach(name -> {
                JsonNode value = part.get(name);
                if (value.isNull()) {
                    target.remove(name);
                } else {
                    target.set(name, value.has("from") ? goneOn(target.get(name), value) : value);
                }
            });
        }
        return change.has("order")
                ? change.get("order").valueStream().map(JsonNode::asString).toList()
                : order;
    }

    private static JsonNode goneOn(JsonNode curve, JsonNode next) {
        ObjectNode whole = ((ObjectNode) next).deepCopy();
        long from = whole.remove("from").asLong();
        long until = next.get("points").get(0).get(0).asLong();
        ArrayNode points = MAPPER.createArrayNode();
        for (JsonNode point : curve.get("points")) {
            long at = point.get(0).asLong();
            if (at >= from && at < until) {
                points.add(point);
            }
        }
        next.get("points").forEach(points::add);
        whole.set("points", points);
        return whole;
    }

    /// Without what only comes along with something else.
    private static ObjectNode lasting(ObjectNode target) {
        ObjectNode rest = target.deepCopy();
        rest.remove(List.of("watchedSeconds", "cost"));
        return rest;
    }

    @Test
    void whatGoesOnAsBeforeTakesFewBytes() {
        List<Map<String, Object>> before = new ArrayList<>();
        List<Map<String, Object>> after = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            before.add(target(i, 100));
            after.add(target(i, i % 2 == 0 ? 100 : 101));
        }
        Map<String, Object> change = OverviewChange.of(view(before), view(after));
        assertThat((List<?>) change.get("targets")).hasSize(100);
        int whole = MAPPER.writeValueAsBytes(view(after).form()).length;
        assertThat(MAPPER.writeValueAsBytes(change).length).isLessThan(whole / 5);
        assertThat(change).doesNotContainKeys("order", "warnings", "own", "cost");
    }

    @Test
    void alsoOnesOwnMemoryIsOnlyToldAsFarAsItIsNew() {
        Map<String, Object> own = Map.of("resident", curve(200), "residentBytes", 5);
        Map<String, Object> later = Map.of("resident", curve(201), "residentBytes", 5);
        Object change = OverviewChange.of(
                        new View("", List.of(), own, Map.of(), List.of()),
                        new View("", List.of("The store is away."), later, Map.of("addedPauseMillis", 1), List.of()))
                .get("own");
        assertThat(change)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("resident")
                .extractingByKey("resident")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKey("from");
    }

    @Test
    void whoLaggedBehindGetsAllOfItAgain() {
        AtomicReference<Written> now = new AtomicReference<>(written(0));
        OverviewChanges changes = new OverviewChanges(now::get);
        OverviewChanges.Lacking first = changes.after(0);
        assertThat(first.isWhole()).isTrue();
        assertThat(changes.after(first.number()).pieces()).isEmpty();
        for (int i = 1; i <= 3; i++) {
            now.set(written(i));
            changes.after(first.number());
        }
        OverviewChanges.Lacking lacking = changes.after(first.number());
        assertThat(lacking.isWhole()).isFalse();
        assertThat(lacking.pieces()).hasSize(3);
        for (int i = 0; i < 40; i++) {
            now.set(written(i));
            changes.after(lacking.number());
        }
        assertThat(changes.after(lacking.number()).isWhole()).isTrue();
        assertThat(changes.after(lacking.number()).pieces())
                .containsExactly(now.get().answer().body());
    }

    private static Written written(int number) {
        return Written.of(view(List.of(target(number, 100))));
    }

    private static View view(List<Map<String, Object>> targets) {
        return new View("2026-03-01T10:00:00Z", List.of(), Map.of(), Map.of(), targets);
    }

    /// @param samples how many it has been read, every five seconds
    private static Map<String, Object> target(int number, int samples) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("id", number + "-1772359200");
        target.put("service", "shop");
        target.put("watchedSeconds", 5L * samples);
        target.put("floor", curve(samples));
        return target;
    }

    private static Map<String, Object> curve(int samples) {
        List<Sample> read = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            read.add(new Sample(BEGIN.plusSeconds(5L * i), 1e6 + i * 1e3));
        }
        Map<String, Object> curve = new LinkedHashMap<>();
        curve.put("series", "live set");
        curve.put("unit", "bytes");
        curve.put("points", Sparkline.of(read));
        return curve;
    }

    /// Targets that come, go, change places, get a verdict, lose one, and are read on; some forget their oldest
    /// readings.
    private static final class Made {
        private final Random random;
        private final List<Map<String, Object>> targets = new ArrayList<>();
        private final Map<Object, List<Sample>> read = new LinkedHashMap<>();
        private int born;

        Made(Random random) {
            this.random = random;
        }

        View next() {
            if (random.nextInt(4) == 0 || targets.isEmpty()) {
                targets.add(Map.of("id", "t" + born++, "service", "shop"));
            }
            if (random.nextInt(8) == 0 && targets.size() > 1) {
                targets.remove(random.nextInt(targets.size()));
            }
            if (random.nextInt(6) == 0) {
                Collections.shuffle(targets, random);
            }
            targets.replaceAll(target -> random.nextInt(3) == 0 ? target : further(target));
            return view(List.copyOf(targets));
        }

        private Map<String, Object> further(Map<String, Object> before) {
            Map<String, Object> target = new LinkedHashMap<>(before);
            if (random.nextInt(5) == 0) {
                target.put("verdict", Map.of("kind", random.nextBoolean() ? "steady" : "leaking"));
            }
            if (random.nextInt(9) == 0) {
                target.remove("verdict");
            }
            List<Sample> samples = read.computeIfAbsent(target.get("id"), _ -> new ArrayList<>());
            for (int i = random.nextInt(4); i > 0; i--) {
                Instant last = samples.isEmpty() ? BEGIN : samples.getLast().at();
                samples.add(new Sample(last.plusSeconds(random.nextInt(1, 40)), random.nextInt(1, 4) * 1e7));
            }
            if (random.nextInt(6) == 0 && samples.size() > 3) {
                samples.subList(0, samples.size() / 2).clear();
            }
            target.put("watchedSeconds", samples.size());
            if (samples.size() > 1) {
                target.put("floor", Map.of("series", "live set", "unit", "bytes", "points", Sparkline.of(samples)));
            }
            return target;
        }
    }
}
