package io.staunch.cli.check;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Interruption;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.Probe;
import io.staunch.detect.Verdict;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Outcome;
import io.staunch.server.OutcomeForm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch check`: watches one target for a time and gives verdict, culprit and suspects.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Watches one target for a while and says whether it leaks, what, and who holds it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no leak",
            "1:a leak",
            "2:wrong usage or unreadable input",
            "3:could not tell",
            "130:interrupted; the verdict so far is printed"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final Duration USUAL = Duration.ofSeconds(90);

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description =
                    "how long to watch: 90s, 10m, 6h or ISO-8601; 90s if not given. With --prometheus how far to look"
                            + " back, and 48h")
    private Optional<Duration> time = Optional.empty();

    @Option(names = "--dump", description = "if it leaks, take a heap dump, analyse it and delete it")
    private boolean dump;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        CheckProgress progress = new CheckProgress(System.err);
        if (asked.metrics().isPresent()) {
            return metrics(asked.metrics().get(), progress);
        }
        Duration watch = time.orElse(USUAL);
        try (Probe probe = asked.open(System.getenv(), progress::leftOut)) {
            progress.begin(probe.target(), watch);
            Investigation investigation =
                    Investigation.startFor(probe, InvestigationOptions.asked(dump), watch, progress);
            try (Interruption interruption = new Interruption(investigation::close)) {
                Outcome outcome = investigation.await();
                print(json ? Json.of(OutcomeForm.of(outcome)) : CheckText.of(outcome));
                return interruption.came()
                        ? ExitCode.INTERRUPTED
                        : exitCode(outcome.diagnosis().overall().verdict());
            } finally {
                investigation.close();
            }
        }
    }

    private int metrics(Asked.Metrics service, CheckProgress progress) throws Unreadable, InterruptedException {
        try (MetricsFeed feed = service.feed(System.getenv(), time.orElse(MetricsQuery.USUAL_HISTORY))) {
            MetricsCheck check = MetricsCheck.of(feed, progress);
            print(json ? Json.of(check.form()) : check.text());
            return exitCode(check.worst().diagnosis().overall().verdict());
        }
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }

    private static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Leaking _ -> ExitCode.LEAK;
            case Verdict.Growing _, Verdict.Steady _ -> ExitCode.NO_LEAK;
            case Verdict.Unknown _ -> ExitCode.UNKNOWN;
        };
    }
}
