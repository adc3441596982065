package io.staunch.cli.check;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.collect.AttachFailed;
import io.staunch.collect.JvmProbe;
import io.staunch.detect.Verdict;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `staunch check`: watches one target for a time and gives verdict, culprit and suspects.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Watches one JVM for a while and says whether it leaks, what, and who holds it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no leak", "1:a leak", "2:wrong usage or unreadable input", "3:could not tell"})
public final class CheckCommand implements Callable<Integer> {
    @Option(names = "--pid", required = true, paramLabel = "PID", description = "the JVM to watch")
    private long pid;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "90s",
            description = "how long to watch: 90s, 10m, 6h or ISO-8601; ${DEFAULT-VALUE} if not given")
    private Duration watch = Duration.ofSeconds(90);

    @Option(names = "--dump", description = "if it leaks, take a heap dump, analyse it and delete it")
    private boolean dump;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        Outcome outcome = watch();
        System.out.print(json ? json(outcome) : CheckText.of(outcome));
        System.out.flush();
        return exitCode(outcome.diagnosis().overall().verdict());
    }

    private Outcome watch() throws Unreadable, InterruptedException {
        CheckProgress progress = new CheckProgress(System.err);
        try (JvmProbe probe = JvmProbe.attach(pid)) {
            progress.begin(probe.info(), watch);
            try (Investigation investigation =
                    Investigation.startFor(probe, InvestigationOptions.asked(dump), watch, progress)) {
                Thread onInterrupt = new Thread(investigation::close, "check-interrupted");
                Runtime.getRuntime().addShutdownHook(onInterrupt);
                Outcome outcome = investigation.await();
                try {
                    Runtime.getRuntime().removeShutdownHook(onInterrupt);
                } catch (IllegalStateException e) {
                    // Ctrl-C came first: the hook ends the investigation, and the JVM ends with 130.
                    throw new InterruptedException();
                }
                return outcome;
            }
        } catch (AttachFailed e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    private static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Leaking _ -> ExitCode.LEAK;
            case Verdict.Growing _, Verdict.Steady _ -> ExitCode.NO_LEAK;
            case Verdict.Unknown _ -> ExitCode.UNKNOWN;
        };
    }

    private static String json(Outcome outcome) {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(CheckJson.of(outcome))
                + System.lineSeparator();
    }
}
