package io.staunch.verify.heap;

import io.staunch.verify.heap.HeapBenchmark.Measurement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the rows of a heap benchmark say together.
record Conclusions(List<Measurement> rows) {
    private static final double BASE_BYTES = 150e6;

    void print() {
        for (Measurement our : of("staunch")) {
            peer(our, "shark");
            peer(our, "netbeans");
            if (our.objects() > 0) {
                say(
                        "%s: %,d objects, %.1f bytes of anonymous memory an object beyond 150 MB",
                        our.dump(), our.objects(), (our.middle().peakAnonymousBytes() - BASE_BYTES) / our.objects());
            }
        }
        compare("histogram", "read");
        compare("cold-histogram", "cold-read");
        Map<String, List<Measurement>> byKind = of("staunch").stream()
                .collect(Collectors.groupingBy(
                        row -> BenchmarkDumps.kind(row.dump()), TreeMap::new, Collectors.toList()));
        byKind.forEach(Conclusions::exponent);
    }

    private List<Measurement> of(String subject) {
        return rows.stream()
                .filter(row -> row.subject().equals(subject) && row.succeeded())
                .toList();
    }

    private Optional<Measurement> of(String subject, String dump) {
        return of(subject).stream().filter(row -> row.dump().equals(dump)).findFirst();
    }

    private void peer(Measurement our, String peer) {
        of(peer, our.dump())
                .ifPresent(theirs -> say(
                        "%s takes %.1f times our wall time and %.1f times our CPU time on %s",
                        peer,
                        Measured.seconds(theirs.middle().wall())
                                / Measured.seconds(our.middle().wall()),
                        Measured.seconds(theirs.middle().cpu())
                                / Measured.seconds(our.middle().cpu()),
                        our.dump()));
    }

    private void compare(String subject, String measure) {
        for (Measurement row : of(subject)) {
            of(measure, row.dump())
                    .ifPresent(other -> say(
                            "%s takes %.1f times as long as %s on %s",
                            subject,
                            Measured.seconds(row.middle().wall())
                                    / Measured.seconds(other.middle().wall()),
                            measure,
                            row.dump()));
        }
    }

    /// The slope between the smallest and the largest dump of one kind, both axes logarithmic.
    private static void exponent(String kind, List<Measurement> rows) {
        if (rows.size() < 2) {
            return;
        }
        Measurement first = rows.getFirst();
        Measurement last = rows.getLast();
        double growth = Math.log((double) last.dumpBytes() / first.dumpBytes());
        say(
                "%s: from %d to %d MB, CPU time grows with size to the power of %.2f, wall time of %.2f",
                kind,
                first.dumpBytes() / 1_000_000,
                last.dumpBytes() / 1_000_000,
                Math.log(Measured.seconds(last.middle().cpu())
                                / Measured.seconds(first.middle().cpu()))
                        / growth,
                Math.log(Measured.seconds(last.middle().wall())
                                / Measured.seconds(first.middle().wall()))
                        / growth);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency worth having
    private static void say(String sentence, Object... parts) {
        System.out.printf(Locale.ROOT, sentence + "%n", parts);
    }
}
