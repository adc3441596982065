package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Our analyser and its peers in turn on dumps that are made for it, each run in a fresh process: wall and CPU time,
/// peak resident and peak anonymous memory; then how cost grows with size, bytes an object, and how much slower peers
/// are. `HeapBenchmark FOLDER ROUNDS DUMP[,DUMP...] [SUBJECT[,SUBJECT...]]`; dumps as in [BenchmarkDumps]. Subjects
/// are `staunch` (without a kept index), `again` (with one, which the first of at least two rounds keeps),
/// `histogram`, `read` (nothing but reading the file), `cold-histogram` and `cold-read` (the file is not in the
/// system's cache), `half` (with half of 600 MB for each GB of dump), `least` (with the least memory it accepts),
/// `shark` and `netbeans`.
public final class HeapBenchmark {
    private static final List<String> SUBJECTS = List.of(
            "staunch",
            "again",
            "histogram",
            "read",
            "cold-histogram",
            "cold-read",
            "half",
            "least",
            "shark",
            "netbeans");
    private static final Duration AT_MOST = Duration.ofMinutes(10);
    private static final double MIB = 1 << 20;
    private static final long MOST_PEER_HEAP_MIB = 14 << 10;
    private static final double HALF_OF_ALLOWED = 0.3;
    private static final Pattern OBJECTS = Pattern.compile("\"objects\"\\s*:\\s*(\\d+)");

    private final Path root = Path.of("").toAbsolutePath();
    private final Path folder;
    private final int rounds;

    private HeapBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String names = "(" + BenchmarkDumps.NAMES + ")";
        if (args.length < 3 || !args[1].matches("[1-9]\\d?") || !args[2].matches(names + "(," + names + ")*")) {
            System.err.println("heap-benchmark: expected FOLDER ROUNDS DUMP,… [SUBJECT,…], found '"
                    + String.join(" ", args) + "'; dumps: megabytes of a shop, list-COUNT, star-COUNT, random-COUNT;"
                    + " subjects: " + String.join(", ", SUBJECTS));
            System.exit(2);
        }
        List<String> subjects = List.of((args.length > 3 ? args[3] : "staunch,histogram,least,shark").split(",", -1));
        if (!SUBJECTS.containsAll(subjects)) {
            System.err.println("heap-benchmark: expected subjects of " + SUBJECTS + ", found " + subjects);
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
        HeapBenchmark benchmark = new HeapBenchmark(folder, Integer.parseInt(args[1]));
        System.out.printf(
                "%-18s %-16s %8s %8s %8s %10s %11s%n", "", "dump", "MB", "wall s", "CPU s", "peak MiB", "anonymous");
        List<Measurement> rows = new ArrayList<>();
        for (String name : args[2].split(",", -1)) {
            Path dump = new BenchmarkDumps(folder).dump(name);
            for (String subject : subjects) {
                Measurement row = benchmark.row(subject, name, dump);
                rows.add(row);
                System.out.println(row.line());
            }
        }
        new Conclusions(rows).print();
    }

    private List<String> command(String subject, Path dump) throws IOException, InterruptedException {
        String file = dump.toString();
        return switch (subject) {
            case "staunch" -> staunch(file, "--json", "--no-cache");
            case "again" ->
                staunch(file, "--json", "--cache", folder.resolve("indexes").toString());
            case "histogram", "cold-histogram" -> staunch(file, "--histogram", "--json");
            case "read", "cold-read" -> List.of("sh", "-c", "exec cat \"$0\" > /dev/null", file);
            case "half" -> {
                long mebibytes = (long) (HALF_OF_ALLOWED * Files.size(dump) / MIB);
                yield staunch(file, "--json", "--no-cache", "--memory", mebibytes + "MiB");
            }
            case "least" -> staunch(file, "--json", "--no-cache", "--memory", least(file) + "MiB");
            case "shark" -> BenchmarkDumps.java(peerHeap(dump), SharkRun.class, List.of(file));
            default -> BenchmarkDumps.java(peerHeap(dump), NetBeansRun.class, List.of(file, "1000"));
        };
    }

    private List<String> staunch(String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("staunch").toString(), "heap"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /// Peers get as much heap as helps them: ten times the dump, as far as an ordinary machine goes.
    private static long peerHeap(Path dump) throws IOException {
        return Math.min(MOST_PEER_HEAP_MIB, 1024 + 10 * Files.size(dump) / (1 << 20));
    }

    /// As little memory as the analyser accepts, asked of itself: it refuses less and says what it takes.
    private long least(String dump) throws IOException, InterruptedException {
        Path log = folder.resolve("least.log");
        Measured.run(staunch(dump, "--no-cache", "--memory", "1MiB"), root, log, AT_MOST);
        String said = Files.readString(log.resolveSibling(log.getFileName() + ".err"));
        return Long.parseLong(said.replaceAll("(?s).*expected at least (\\d+) MiB.*", "$1"));
    }

    /// Lets the system forget what it has cached of a file.
    private void forget(Path dump) throws IOException, InterruptedException {
        Path log = folder.resolve("forget.log");
        Measured.run(List.of("sync", dump.toString()), root, log, AT_MOST);
        Measured.run(List.of("dd", "if=" + dump, "iflag=nocache", "count=0"), root, log, AT_MOST);
    }

    private Measurement row(String subject, String name, Path dump) throws IOException, InterruptedException {
        List<String> command = command(subject, dump);
        Path log = folder.resolve(subject + ".log");
        List<Measured> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (subject.startsWith("cold-")) {
                forget(dump);
            }
            Measured run = Measured.run(command, root, log, AT_MOST);
            if (run.exitCode() != 0) {
                return new Measurement(subject, name, Files.size(dump), 0, run);
            }
            runs.add(run);
        }
        runs.sort(Comparator.comparing(Measured::wall));
        return new Measurement(subject, name, Files.size(dump), objects(log), runs.get(runs.size() / 2));
    }

    /// How many objects our own report counted; 0 in what others wrote.
    private static long objects(Path log) throws IOException {
        Matcher matcher = OBJECTS.matcher(Files.readString(log));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /// The middle run of several by wall time.
    record Measurement(String subject, String dump, long dumpBytes, long objects, Measured middle) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-18s %-16s %8d %8.2f %8.2f %10.0f %11.0f",
                    middle.exitCode() == 0 ? subject : subject + " (exit " + middle.exitCode() + ")",
                    dump,
                    dumpBytes / 1_000_000,
                    Measured.seconds(middle.wall()),
                    Measured.seconds(middle.cpu()),
                    middle.peakResidentBytes() / MIB,
                    middle.peakAnonymousBytes() / MIB);
        }

        boolean succeeded() {
            return middle.exitCode() == 0;
        }
    }
}
