package io.staunch.verify.corpus;

import io.staunch.verify.heap.PeerAgreement;
import io.staunch.verify.heap.PeerAgreement.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Dumps every case of the corpus and compares what our analyser and NetBeans' profiler library say of it.
@Command(
        name = "corpus-agreement",
        mixinStandardHelpOptions = true,
        description =
                "The heap of every case of the corpus by our analyser and by NetBeans' profiler library: a table.")
final class AgreementTable implements Callable<Integer> {
    @Option(names = "--corpus", description = "the folder with the cases (default: ${DEFAULT-VALUE})")
    private Path corpus = Path.of("../shared/corpus");

    @Option(names = "--work", description = "build output, logs and the dump of the moment (default: ${DEFAULT-VALUE})")
    private Path work = Path.of("verify/target/corpus");

    @Option(names = "--only", description = "regular expression on `case version`")
    private String only = ".*";

    @Option(names = "--jdk", description = "home of the JDK that runs the cases (default: the java on the PATH)")
    private String jdk = "";

    @Option(names = "--seconds", description = "how long a case runs before it is dumped (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--top", description = "how many of the biggest objects to compare (default: ${DEFAULT-VALUE})")
    private int top = 1000;

    private static final Duration LASTING = Duration.ofMinutes(5);

    private final Map<String, Long> shallow = new TreeMap<>();
    private final Map<String, Long> retained = new TreeMap<>();

    private AgreementTable() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new AgreementTable()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(corpus)) {
            System.err.println(
                    "corpus-agreement: expected a folder with cases, found none at " + corpus + "; see --corpus");
            return 2;
        }
        CaseProcess.Setting setting = new CaseProcess.Setting(
                corpus.toAbsolutePath().normalize(),
                jdk,
                List.of("-Xmx256m"),
                LASTING,
                Files.createDirectories(work).toAbsolutePath().normalize());
        Pattern wanted = Pattern.compile(only);
        System.out.println(
                "| case | version | objects | reached by both | by one alone | own size equal | equal to the textbook"
                        + " | and to the library | named | library alone | without a name |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        int unexplained = 0;
        for (LeakCase one : LeakCase.in(setting.corpus())) {
            if (wanted.matcher(one.id() + " " + one.version()).find()) {
                unexplained += row(one, setting);
            }
        }
        print("own sizes", shallow);
        print("retained", retained);
        return unexplained == 0 ? 0 : 1;
    }

    private static void print(String what, Map<String, Long> counts) {
        System.out.println();
        System.out.println(what + ":");
        counts.forEach((name, count) -> System.out.printf("%,10d %s%n", count, name));
    }

    /// Prints the row of a case; how many differences have no name.
    private int row(LeakCase one, CaseProcess.Setting setting) throws IOException, InterruptedException {
        Path dump = setting.work().resolve(one.id() + "-" + one.version() + ".hprof");
        Files.deleteIfExists(dump);
        try {
            String failure = dump(one, setting, dump);
            if (!failure.isEmpty()) {
                System.out.printf("| %s | %s | no dump: %s | | | | | | | | 1 |%n", one.id(), one.version(), failure);
                return 1;
            }
            Agreement found = PeerAgreement.of(dump, top);
            add(shallow, found.shallow());
            add(retained, found.retained());
            System.out.printf(
                    "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d |%n",
                    one.id(),
                    one.version(),
                    found.objects(),
                    found.both(),
                    found.oneAlone(),
                    found.ownSizeEqual(),
                    found.textbook(),
                    found.library(),
                    found.named(),
                    found.noRule(),
                    found.details().size());
            found.details().stream().limit(5).forEach(detail -> System.out.println("  " + detail));
            return found.details().size();
        } finally {
            Files.deleteIfExists(dump);
        }
    }

    private static void add(Map<String, Long> sums, Map<String, Long> counts) {
        counts.forEach((name, count) -> sums.merge(name, count, Long::sum));
    }

    /// What went wrong; empty when the dump is there.
    private String dump(LeakCase one, CaseProcess.Setting setting, Path dump) throws IOException, InterruptedException {
        try (CaseProcess subject = CaseProcess.start(one, setting)) {
            if (!subject.isReady()) {
                return "the case did not get ready: " + subject.lastLine();
            }
            Thread.sleep(Duration.ofSeconds(seconds));
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(subject.pid()),
                            "GC.heap_dump",
                            dump.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(setting.work().resolve("jcmd.log").toFile())
                    .start();
            return jcmd.waitFor() == 0 && Files.exists(dump)
                    ? ""
                    : CaseProcess.lastLine(setting.work().resolve("jcmd.log"));
        }
    }
}
