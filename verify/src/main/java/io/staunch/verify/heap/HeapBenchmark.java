package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Our analyser and its peers in turn on shop-like dumps, each run in a fresh process: wall and CPU time, peak resident
/// and peak anonymous memory, how cost grows with size, how little memory suffices.
/// `HeapBenchmark FOLDER ROUNDS MEGABYTES[,MEGABYTES...] [SUBJECT[,SUBJECT...]]`; subjects are `staunch`
/// (without a kept index), `again` (with one, which the first of at least two rounds keeps), `histogram`, `least`,
/// `shark` and `netbeans`. Dumps and indexes are made where they are missing and stay in the folder.
public final class HeapBenchmark {
    private static final Duration AT_MOST = Duration.ofMinutes(10);
    private static final double MIB = 1 << 20;

    private final Path root = Path.of("").toAbsolutePath();
    private final Path folder;
    private final int rounds;

    private HeapBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    /// The middle run of several by wall time.
    private record Row(String subject, long dumpBytes, Measured middle) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 3 || !args[1].matches("[1-9]\\d?") || !args[2].matches("\\d{1,5}(,\\d{1,5})*")) {
            System.err.println("heap-benchmark: expected FOLDER ROUNDS MEGABYTES,… [SUBJECT,…], found '"
                    + String.join(" ", args) + "'; subjects: staunch, again, histogram, least, shark, netbeans");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        HeapBenchmark benchmark = new HeapBenchmark(folder, Integer.parseInt(args[1]));
        List<String> subjects = List.of((args.length > 3 ? args[3] : "staunch,histogram,least,shark").split(",", -1));
        System.out.printf("%-22s %10s %8s %8s %10s %11s%n", "", "dump MB", "wall s", "CPU s", "peak MiB", "anonymous");
        List<Row> rows = new ArrayList<>();
        for (String megabytes : args[2].split(",", -1)) {
            Path dump = benchmark.dump(Integer.parseInt(megabytes));
            for (String subject : subjects) {
                Row row = benchmark.row(subject, dump);
                rows.add(row);
                print(row);
            }
        }
        conclusions(rows);
    }

    private Path dump(int megabytes) throws IOException, InterruptedException {
        Path dump = folder.resolve("shop-" + megabytes + ".hprof");
        if (!Files.exists(dump)) {
            long heap = 2L * megabytes + 512;
            List<String> command = java("-Xmx" + heap + "m", HeapGenerator.class, dump.toString(), megabytes + "MB");
            Measured made = Measured.run(command, root, folder.resolve("generator.log"), AT_MOST);
            if (made.exitCode() != 0) {
                throw new IOException(dump + ": expected a dump, found exit code " + made.exitCode());
            }
        }
        return dump;
    }

    private List<String> java(String option, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> command(String subject, Path dump) throws IOException {
        String staunch = root.resolve("staunch").toString();
        return switch (subject) {
            case "staunch" -> List.of(staunch, "heap", dump.toString(), "--json", "--no-cache");
            case "again" ->
                List.of(
                        staunch,
                        "heap",
                        dump.toString(),
                        "--json",
                        "--cache",
                        folder.resolve("indexes").toString());
            case "histogram" -> List.of(staunch, "heap", dump.toString(), "--histogram", "--json");
            case "least" ->
                List.of(staunch, "heap", dump.toString(), "--json", "--no-cache", "--memory", least(dump) + "MiB");
            case "shark" -> java("-Xmx" + peerHeap(dump) + "m", SharkRun.class, dump.toString());
            case "netbeans" -> java("-Xmx" + peerHeap(dump) + "m", NetBeansRun.class, dump.toString(), "1000");
            default ->
                throw new IllegalArgumentException(
                        "expected staunch, again, histogram, least, shark or netbeans, found " + subject);
        };
    }

    /// Peers get as much heap as they ask for: five times the dump.
    private static long peerHeap(Path dump) throws IOException {
        return 1024 + 5 * Files.size(dump) / (1 << 20);
    }

    /// As little memory as the analyser accepts, asked of itself: it refuses less and says what it takes.
    private long least(Path dump) throws IOException {
        Path log = folder.resolve("least.log");
        try {
            Measured.run(
                    List.of(
                            root.resolve("staunch").toString(),
                            "heap",
                            dump.toString(),
                            "--no-cache",
                            "--memory",
                            "1MiB"),
                    root,
                    log,
                    AT_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = Files.readString(log.resolveSibling(log.getFileName() + ".err"));
        return Long.parseLong(said.replaceAll("(?s).*expected at least (\\d+) MiB.*", "$1"));
    }

    private Row row(String subject, Path dump) throws IOException, InterruptedException {
        List<String> command = command(subject, dump);
        List<Measured> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Measured run = Measured.run(command, root, folder.resolve(subject + ".log"), AT_MOST);
            if (run.exitCode() != 0) {
                return new Row(subject + " (exit " + run.exitCode() + ")", Files.size(dump), run);
            }
            runs.add(run);
        }
        runs.sort(Comparator.comparing(Measured::wall));
        return new Row(subject, Files.size(dump), runs.get(runs.size() / 2));
    }

    private static void print(Row row) {
        Measured run = row.middle;
        System.out.printf(
                Locale.ROOT,
                "%-22s %10d %8.2f %8.2f %10.0f %11.0f%n",
                row.subject,
                row.dumpBytes / 1_000_000,
                seconds(run.wall()),
                seconds(run.cpu()),
                run.peakResidentBytes() / MIB,
                run.peakAnonymousBytes() / MIB);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    /// How many times slower each peer is on each dump, and the exponent of cost in size.
    private static void conclusions(List<Row> rows) {
        List<Row> ours =
                rows.stream().filter(row -> row.subject.equals("staunch")).toList();
        for (Row our : ours) {
            rows.stream()
                    .filter(row -> row.dumpBytes == our.dumpBytes)
                    .filter(row -> row.subject.equals("shark") || row.subject.equals("netbeans"))
                    .forEach(peer -> System.out.printf(
                            Locale.ROOT,
                            "%s takes %.1f times our wall time on %d MB%n",
                            peer.subject,
                            seconds(peer.middle.wall()) / seconds(our.middle.wall()),
                            our.dumpBytes / 1_000_000));
        }
        if (ours.size() > 1) {
            Row first = ours.getFirst();
            Row last = ours.getLast();
            double exponent = Math.log(seconds(last.middle.cpu()) / seconds(first.middle.cpu()))
                    / Math.log((double) last.dumpBytes / first.dumpBytes);
            System.out.printf(Locale.ROOT, "CPU time grows with size to the power of %.2f%n", exponent);
        }
    }
}
