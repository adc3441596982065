package io.staunch.cli.soak;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Interruption;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.server.soak.Readiness;
import io.staunch.server.soak.Soak;
import io.staunch.server.soak.SoakAnswer;
import io.staunch.server.soak.SoakFailed;
import io.staunch.server.soak.SoakForm;
import io.staunch.server.soak.SoakPlan;
import io.staunch.server.soak.Soaked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch soak`: runs releases side by side under load and fails on a leak.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs a release under load, beside its baseline, and fails if it leaks; says how small a leak it"
                + " could have seen. Everything that it starts has ended when it ends.",
        footer = {
            "Commands are run by sh -c, with STAUNCH_SIDE (candidate or baseline) and STAUNCH_PORT (a free port, one for"
                    + " each side) in their environment; a load also gets STAUNCH_PID, the process that is watched.",
            "  staunch soak --candidate 'java -jar new.jar --port $STAUNCH_PORT' \\",
            "    --baseline 'java -jar old.jar --port $STAUNCH_PORT' \\",
            "    --load 'wrk -d 10m http://127.0.0.1:$STAUNCH_PORT/' --for 10m"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:passed",
            "1:the candidate leaks",
            "2:wrong usage, or a command could not be started or failed",
            "3:could not tell",
            "130:interrupted; what was seen so far is printed"
        })
public final class SoakCommand implements Callable<Integer> {
    @Option(
            names = "--candidate",
            required = true,
            paramLabel = "CMD",
            description = "starts the release that is to be judged, and stays in the foreground")
    private String candidate = "";

    @Option(names = "--baseline", paramLabel = "CMD", description = "starts the release that runs now, to compare with")
    private Optional<String> baseline = Optional.empty();

    @Option(
            names = "--load",
            required = true,
            paramLabel = "CMD",
            description = "the load, run once for each side; should last as long as --for")
    private String load = "";

    @Option(
            names = "--for",
            required = true,
            paramLabel = "DURATION",
            description = "how long to watch under load: 90s, 10m, 6h or ISO-8601")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--ready",
            paramLabel = "URL|DURATION",
            converter = ReadyOption.class,
            description = "when a side is ready for its load: its URL answers ($STAUNCH_PORT in it is filled in), or so"
                    + " long after its start; as soon as it can be watched if not given")
    private Readiness ready = new Readiness.Watchable();

    @Option(
            names = "--start-limit",
            paramLabel = "DURATION",
            description = "how long a side may take to be ready; 60s if not given")
    private Duration startLimit = SoakPlan.USUAL_START_LIMIT;

    @Option(names = "--dump", description = "of a side that leaks take a heap dump, analyse it and delete it")
    private boolean dump;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write a page that needs nothing else, or JSON if its name ends so")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        Optional<ReportFile> page = report.map(ReportFile::of);
        if (page.isPresent()) {
            page.get().check();
        }
        SoakPlan plan = new SoakPlan(candidate, baseline, load, time, ready, startLimit, dump);
        Soak soak = Soak.of(plan, new SoakLines(System.err));
        try (Interruption interruption = new Interruption(soak::stop)) {
            Soaked soaked = soak.run();
            String form = json(soaked);
            System.out.print(json ? form : SoakText.of(soaked));
            System.out.flush();
            if (page.isPresent()) {
                page.get().write(soaked, form);
            }
            return interruption.came() ? ExitCode.INTERRUPTED : exitCode(soaked.answer());
        } catch (SoakFailed e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            System.err.println("staunch: " + e.getMessage());
            throw e;
        }
    }

    private static int exitCode(SoakAnswer answer) {
        return switch (answer) {
            case SoakAnswer.Passed _ -> ExitCode.NO_LEAK;
            case SoakAnswer.Failed _ -> ExitCode.LEAK;
            case SoakAnswer.Undecided _ -> ExitCode.UNKNOWN;
        };
    }

    private static String json(Soaked soaked) {
        return Json.of(SoakForm.of(soaked));
    }
}
