package io.staunch.cli.replay;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.detect.Verdict;
import io.staunch.detect.Workbench;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `staunch replay`: recorded series through the detector of production.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Replays recorded series and says when the detector would have called a leak.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no leak", "1:a leak", "2:wrong usage or unreadable input", "3:could not tell"})
public final class ReplayCommand implements Callable<Integer> {
    /// Rows of all series together that may wait to be put in order, and of one at least.
    private static final int MOST_WAITING = 1_000_000;

    private static final int LEAST_WAITING = 512;

    @Parameters(
            paramLabel = "CSV",
            description =
                    "a file, gzipped or not, with the columns id,minute,value,limit,load,event; negative minutes are"
                            + " history; event is restart, deploy or migration")
    private Path file = Path.of("");

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws Unreadable {
        PrintStream out = System.out;
        Map<String, SeriesReplay> replays = new LinkedHashMap<>();
        Workbench bench = new Workbench();
        Recording.read(
                file,
                (id, row) -> replays.computeIfAbsent(id, _ -> new SeriesReplay(bench))
                        .accept(row, Math.max(LEAST_WAITING, MOST_WAITING / replays.size())));
        boolean leak = false;
        boolean told = false;
        long late = 0;
        for (Map.Entry<String, SeriesReplay> entry : replays.entrySet()) {
            SeriesReplay replay = entry.getValue();
            replay.end();
            Verdict verdict = replay.verdict();
            out.println(json ? line(entry.getKey(), replay, verdict) : text(entry.getKey(), replay, verdict));
            leak |= !replay.alarms().isEmpty();
            told |= !(verdict instanceof Verdict.Unknown);
            late += replay.late();
        }
        out.flush();
        if (late > 0) {
            System.err.println(file + ": " + late + " rows came too late to be put in order and were left out");
        }
        return leak ? ExitCode.LEAK : told ? ExitCode.NO_LEAK : ExitCode.UNKNOWN;
    }

    private static String line(String id, SeriesReplay replay, Verdict verdict) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id);
        object.put("alarms", replay.alarms().stream().map(ReplayCommand::alarm).toList());
        object.put("verdict", kind(verdict));
        object.put("why", verdict.why());
        double visible = replay.smallestVisibleRatePerHour();
        if (Double.isFinite(visible)) {
            object.put("smallestVisibleRatePerHour", visible);
        }
        return JsonMapper.shared().writeValueAsString(object);
    }

    private static Map<String, Object> alarm(SeriesReplay.Alarm alarm) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("minute", alarm.minute());
        object.put("ratePerHour", alarm.leaking().rate().perHour());
        alarm.leaking().exhaustion().ifPresent(exhaustion -> {
            object.put("exhaustionMinute", SeriesReplay.Alarm.minute(exhaustion.expected()));
            object.put("exhaustionEarliestMinute", SeriesReplay.Alarm.minute(exhaustion.earliest()));
            exhaustion
                    .latest()
                    .ifPresent(latest -> object.put("exhaustionLatestMinute", SeriesReplay.Alarm.minute(latest)));
        });
        object.put("confidence", alarm.leaking().confidence());
        return object;
    }

    private static String text(String id, SeriesReplay replay, Verdict verdict) {
        List<String> alarms = replay.alarms().stream()
                .map(alarm -> String.format(
                        Locale.ROOT,
                        "alarm at minute %.1f: %s",
                        alarm.minute(),
                        alarm.leaking().why()))
                .toList();
        return id + ": " + kind(verdict) + ": " + verdict.why()
                + (alarms.isEmpty() ? "" : "\n  " + String.join("\n  ", alarms));
    }

    private static String kind(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Leaking _ -> "leaking";
            case Verdict.Growing _ -> "growing";
            case Verdict.Steady _ -> "steady";
            case Verdict.Unknown _ -> "unknown";
        };
    }
}
