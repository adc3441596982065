package io.staunch.incident;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Clue;
import io.staunch.diagnose.Clue.Bearing;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Shape;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Impact.Phase;
import io.staunch.remedy.Effect;
import io.staunch.remedy.Library;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// An incident as it would be recorded, with known times and figures.
final class SessionsIncident {
    static final Instant DEPLOYED = Instant.parse("2026-03-01T12:00:00Z");
    static final String PURL = "pkg:maven/com.example/cart-store@2.4.0";

    private SessionsIncident() {}

    static Instant after(long seconds) {
        return DEPLOYED.plusSeconds(seconds);
    }

    static Incident recordedIn(Path directory) {
        IncidentRecorder recorder = opened(directory);
        recorder.changed(List.of(
                change(-60, RecordedChange.Kind.SCHEMA, "V4 add column newsletter"),
                change(-30, RecordedChange.Kind.RELEASE, "2.3.1"),
                change(0, RecordedChange.Kind.RELEASE, "2.4.0")));
        recorder.board(
                after(41),
                List.of(
                        suspect("schema:v4", "schema update V4", Finding.INCONCLUSIVE, "it came before the growth"),
                        new Suspect("network", "network", Finding.NOT_MEASURED, List.of())));
        recorder.note(after(50), Entry.Kind.EVIDENCE, "Two class histograms, 9 s apart.", List.of("Pause 31 ms."));
        recorder.cause(after(61), culprit(), Optional.of(release("2.4.0", 0)), List.of("CartEntry 100 to 900."));
        recorder.board(
                after(61),
                List.of(
                        suspect("release:2.4.0", "release 2.4.0", Finding.IMPLICATED, "the growth began 2 s after it"),
                        suspect("schema:v4", "schema update V4", Finding.CLEARED, "it touched no type that grows"),
                        new Suspect("network", "network", Finding.NOT_MEASURED, List.of())));
        recorder.attempted(
                after(70), new Remedy.Restart("shop-api", release("2.4.0", 0)), "the on-call", "It took 3 s.", true);
        recorder.effect(after(90), new Effect.DidNotHelp(comparison(590e6, "grows without a bend")));
        recorder.attempted(
                after(95),
                new Remedy.Upgrade(
                        "shop-api",
                        release("2.4.0", 0),
                        release("2.4.1", 95),
                        new Library("pkg:maven/com.example/cart-store@2.4.1")),
                "the on-call",
                "It took 4 s.",
                true);
        recorder.effect(after(158), new Effect.Helped(comparison(0, "level within 1 %")));
        recorder.impact(impact());
        recorder.cost(new WatchingCost(75.4, 350, List.of("2 class histograms: 62 ms")));
        return recorder.close(after(160));
    }

    static IncidentRecorder opened(Path directory) {
        return opened(directory, _ -> {});
    }

    static IncidentRecorder opened(Path directory, Consumer<String> told) {
        Growth growth = new Growth(
                Series.LIVE_SET,
                new Verdict.Rate(600e6, 500e6, 700e6),
                after(2),
                Optional.of(after(3600)),
                0.999,
                "the floor rose in 12 of 12 collections");
        return IncidentRecorder.open(new IncidentStore(directory), "shop-api", "jvm 4242", after(40), growth, told);
    }

    private static Culprit culprit() {
        return new Culprit(
                Shape.SESSIONS,
                List.of(new Accumulation("com.example.cart.CartEntry", 54_000, 6e7)),
                List.of(
                        "static com.example.cart.CartStore.INSTANCE",
                        "com.example.cart.CartStore.entries",
                        "java.util.concurrent.ConcurrentHashMap.table"),
                List.of("com.example.cart.CartStore.open(CartStore.java:41)"),
                Optional.of(PURL),
                Optional.of("2.4.0"),
                Optional.empty());
    }

    private static Impact impact() {
        Phase before = new Phase(after(-60), after(0), 6000, 100, 0, Duration.ofMillis(12), 60);
        Phase during = new Phase(after(0), after(120), 10_800, 90, 0.01, Duration.ofMillis(48), 45);
        return new Impact(
                "at the load generator",
                Optional.of(before),
                Optional.of(during),
                Optional.empty(),
                OptionalDouble.of(12.5),
                Impact.lost(Optional.of(before), Optional.of(during)));
    }

    static OptionalLong lostCheckouts() {
        return impact().checkoutsLost();
    }

    private static Effect.Comparison comparison(double after, String why) {
        return new Effect.Comparison(Series.LIVE_SET, 600e6, after, Duration.ofSeconds(20), why);
    }

    private static Suspect suspect(String id, String name, Finding finding, String sentence) {
        return new Suspect(
                id,
                name,
                finding,
                List.of(new Clue(after(61), Bearing.AGAINST, "change.growth-began-before", sentence)));
    }

    private static RecordedChange change(long at, RecordedChange.Kind kind, String what) {
        return new RecordedChange(after(at), kind, "shop-api", what, false, "events.jsonl line 1");
    }

    private static Release release(String version, long since) {
        return new Release("shop-api", version, Optional.of(after(since)), List.of());
    }
}
