package io.staunch.cli.replay;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Unreadable;
import io.staunch.detect.Verdict;
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
    @Parameters(
            paramLabel = "CSV",
            description = "columns id,minute,value,limit,load,event; negative minutes are history; event is restart,"
                    + " deploy or migration")
    private Path file = Path.of("");

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws Unreadable {
        PrintStream out = System.out;
        boolean leak = false;
        boolean told = false;
        for (RecordedSeries series : RecordedSeries.read(file)) {
            Replay.Result result = Replay.of(series);
            out.println(json ? line(result) : text(result));
            leak |= !result.alarms().isEmpty();
            told |= !(result.verdict() instanceof Verdict.Unknown);
        }
        out.flush();
        return leak ? ExitCode.LEAK : told ? ExitCode.NO_LEAK : ExitCode.UNKNOWN;
    }

    private static String line(Replay.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", result.id());
        object.put("alarms", result.alarms().stream().map(ReplayCommand::alarm).toList());
        object.put("verdict", kind(result.verdict()));
        object.put("why", result.verdict().why());
        return JsonMapper.shared().writeValueAsString(object);
    }

    private static Map<String, Object> alarm(Replay.Alarm alarm) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("minute", alarm.minute());
        object.put("ratePerHour", alarm.leaking().rate().perHour());
        alarm.leaking().exhaustion().ifPresent(exhaustion -> {
            object.put("exhaustionMinute", Replay.Alarm.minute(exhaustion.expected()));
            object.put("exhaustionEarliestMinute", Replay.Alarm.minute(exhaustion.earliest()));
            exhaustion.latest().ifPresent(latest -> object.put("exhaustionLatestMinute", Replay.Alarm.minute(latest)));
        });
        object.put("confidence", alarm.leaking().confidence());
        return object;
    }

    private static String text(Replay.Result result) {
        List<String> alarms = result.alarms().stream()
                .map(alarm -> String.format(
                        Locale.ROOT,
                        "alarm at minute %.1f: %s",
                        alarm.minute(),
                        alarm.leaking().why()))
                .toList();
        return result.id() + ": " + kind(result.verdict()) + ": "
                + result.verdict().why() + (alarms.isEmpty() ? "" : "\n  " + String.join("\n  ", alarms));
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
