package io.staunch.verify.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints one row a case as it ends, then the shares that are right.
@Command(
        name = "corpus",
        mixinStandardHelpOptions = true,
        description = "staunch check on every case of the corpus: a table of right and wrong.")
final class CorpusTable implements java.util.concurrent.Callable<Integer> {
    @Option(names = "--corpus", description = "the folder with the cases (default: ${DEFAULT-VALUE})")
    private Path corpus = Path.of("../shared/corpus");

    @Option(names = "--staunch", description = "the command to check with (default: ${DEFAULT-VALUE})")
    private Path staunch = Path.of("staunch");

    @Option(names = "--work", description = "build output, logs and the JSON of each check (default: ${DEFAULT-VALUE})")
    private Path work = Path.of("verify/target/corpus");

    @Option(names = "--only", description = "regular expression on `case version`")
    private String only = ".*";

    @Option(names = "--jdk", description = "home of the JDK that runs the cases (default: the java on the PATH)")
    private String jdk = "";

    @Option(names = "--jvm", description = "option of the cases' JVM, may be repeated (default: ${DEFAULT-VALUE})")
    private List<String> jvmOptions = List.of("-Xmx256m");

    @Option(names = "--seconds", description = "how long each is watched (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--parallel", description = "cases at a time (default: ${DEFAULT-VALUE})")
    private int parallel = 1;

    private CorpusTable() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new CorpusTable()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        if (!Files.isDirectory(corpus)) {
            System.err.println("corpus: expected a folder with cases, found none at " + corpus + "; see --corpus");
            return 2;
        }
        Files.createDirectories(work);
        Pattern wanted = Pattern.compile(only);
        List<LeakCase> cases = LeakCase.in(corpus.toAbsolutePath().normalize()).stream()
                .filter(c -> wanted.matcher(c.id() + " " + c.version()).find())
                .toList();
        CheckRun run = new CheckRun(
                corpus.toAbsolutePath().normalize(),
                staunch.toAbsolutePath().normalize(),
                jdk,
                jvmOptions,
                Duration.ofSeconds(seconds),
                work.toAbsolutePath().normalize());
        List<Outcome> outcomes = all(cases, run);
        summary(outcomes, System.out);
        return 0;
    }

    private List<Outcome> all(List<LeakCase> cases, CheckRun run) throws InterruptedException, ExecutionException {
        System.out.println("| case | version | verdict | type | holder | library | named |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(parallel)) {
            List<Future<Outcome>> running =
                    cases.stream().map(c -> workers.submit(() -> run.of(c))).toList();
            for (Future<Outcome> one : running) {
                Outcome outcome = one.get();
                outcomes.add(outcome);
                System.out.println(row(outcome));
            }
        }
        return outcomes;
    }

    private static String row(Outcome o) {
        String verdict = o.verdict() + (o.verdictIsRight() ? "" : " ✗");
        String version = o.of().leaks() ? "leaky" : o.of().version().equals("fixed") ? "fixed" : "look-alike";
        if (!o.of().leaks() || !o.verdict().equals("leaking")) {
            String note = o.verdictIsRight() ? "" : o.why();
            return "| %s | %s | %s | | | | %s |".formatted(o.of().id(), version, verdict, note);
        }
        String named = String.join(", ", o.types().stream().limit(2).toList()) + " ← " + String.join(" → ", o.holder())
                + (o.library().isEmpty() ? "" : " (" + o.library() + ")");
        return "| %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        o.of().id(),
                        version,
                        verdict,
                        mark(o.typeIsRight()),
                        mark(o.holderIsRight()),
                        mark(o.ownerIsRight()),
                        named);
    }

    private static String mark(boolean right) {
        return right ? "✓" : "✗";
    }

    private static void summary(List<Outcome> outcomes, PrintStream out) {
        List<Outcome> leaky = outcomes.stream().filter(o -> o.of().leaks()).toList();
        List<Outcome> clean = outcomes.stream().filter(o -> !o.of().leaks()).toList();
        out.println();
        share(out, "leak called in leaky versions", leaky, Outcome::verdictIsRight);
        share(out, "no leak called in fixed versions and look-alikes", clean, Outcome::verdictIsRight);
        share(out, "accumulating type right", leaky, Outcome::typeIsRight);
        share(out, "holder right", leaky, Outcome::holderIsRight);
        share(out, "owning library right", leaky, Outcome::ownerIsRight);
        share(
                out,
                "type, holder and library right",
                leaky,
                o -> o.typeIsRight() && o.holderIsRight() && o.ownerIsRight());
    }

    private static void share(PrintStream out, String what, List<Outcome> of, Predicate<Outcome> right) {
        long count = of.stream().filter(right).count();
        double percent = of.isEmpty() ? 0 : 100.0 * count / of.size();
        out.println(String.format(Locale.ROOT, "%s: %d of %d (%.0f %%)", what, count, of.size(), percent));
    }
}
