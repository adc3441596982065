package io.staunch.cli.gate;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Json;
import io.staunch.cli.Unreadable;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import io.staunch.diagnose.Figures;
import io.staunch.server.Gate;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import io.staunch.server.MetricsGate;
import io.staunch.server.config.Quantities;
import io.staunch.server.web.WebServer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch gate`: judges a canary beside its baseline, once or until it can be told.
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = "Judges the instances of a canary beside those of its baseline: does it leak, or grow faster?",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the canary passes",
            "1:the canary leaks, or grows faster than the baseline",
            "2:wrong usage, or the judge can't be asked",
            "3:could not tell; a rollout should pause, nothing should be undone",
            "130:interrupted"
        })
public final class GateCommand implements Callable<Integer> {
    static final String TOKEN = "STAUNCH_TOKEN";
    private static final String PROMETHEUS_TOKEN = "STAUNCH_PROMETHEUS_TOKEN";
    private static final String HERE = "http://localhost:" + WebServer.USUAL_PORT + "/";
    private static final Duration PACE = Duration.ofSeconds(10);

    @Option(names = "--service", required = true, paramLabel = "NAME", description = "the service that is rolled out")
    private String service = "";

    @Option(
            names = "--baseline",
            required = true,
            paramLabel = "SELECTOR",
            description = "a release such as 2.3.1; with --prometheus also label matchers: 'version=\"2.3.1\"'")
    private String baseline = "";

    @Option(names = "--canary", required = true, paramLabel = "SELECTOR", description = "the same of the canary")
    private String canary = "";

    @ArgGroup
    private @Nullable Asked asked;

    @Option(
            names = "--tolerate",
            paramLabel = "SIZE",
            description = "what a canary may grow faster by in an hour; 16MiB if not given")
    private Optional<String> tolerate = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "ask again until it can be told, at most so long; once if not given")
    private Duration time = Duration.ZERO;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    private static final class Asked {
        @Option(
                names = "--daemon",
                required = true,
                paramLabel = "URL",
                description =
                        "the daemon to ask, with the token of " + TOKEN + " if it wants one (default: " + HERE + ")")
        private @Nullable String daemon;

        @ArgGroup(exclusive = false)
        private @Nullable Metrics metrics;
    }

    private static final class Metrics {
        @Option(
                names = "--prometheus",
                required = true,
                paramLabel = "URL",
                description =
                        "judge by the history in a server that answers PromQL, without a daemon; with the token of "
                                + PROMETHEUS_TOKEN + " if it wants one")
        private String url = "";

        @Option(
                names = "--selector",
                paramLabel = "MATCHERS",
                description = "which series belong to the service, if no usual label has its name")
        private Optional<String> selector = Optional.empty();

        @Option(names = "--history", paramLabel = "DURATION", description = "how far to look back; 48h if not given")
        private Duration history = MetricsQuery.USUAL_HISTORY;

        Judge judge(String service, Map<String, String> environment) throws Unreadable {
            try {
                PrometheusServer server =
                        PrometheusServer.of(url, Optional.ofNullable(environment.get(PROMETHEUS_TOKEN)));
                MetricsGate gate = new MetricsGate(server, new MetricsQuery(service, selector, history));
                return question -> {
                    try {
                        return gate.judge(question);
                    } catch (ConnectFailed e) {
                        throw new Unreadable(String.valueOf(e.getMessage()), e);
                    }
                };
            } catch (IllegalArgumentException e) {
                throw new Unreadable("--prometheus: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Integer call() throws Unreadable, InterruptedException {
        Question question = new Question(service, baseline, canary, tolerable());
        Instant end = Instant.now().plus(time);
        try (Judge judge = judge(System.getenv())) {
            Judged judged = judge.ask(question);
            String said = "";
            while (judged.answer() == Gate.Answer.UNSURE && Instant.now().isBefore(end)) {
                if (!judged.why().equals(said)) {
                    said = judged.why();
                    System.err.println("not yet: " + said);
                }
                Duration left = Duration.between(Instant.now(), end);
                Thread.sleep(left.compareTo(PACE) < 0 ? left : PACE);
                judged = judge.ask(question);
            }
            System.out.print(json ? json(question, judged) : text(question, judged));
            System.out.flush();
            return switch (judged.answer()) {
                case PASS -> ExitCode.NO_LEAK;
                case FAIL -> ExitCode.LEAK;
                case UNSURE -> ExitCode.UNKNOWN;
            };
        }
    }

    private long tolerable() throws Unreadable {
        try {
            return tolerate.map(Quantities::bytes).orElse(Gate.TOLERABLE_BYTES);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("--tolerate: " + e.getMessage(), e);
        }
    }

    private Judge judge(Map<String, String> environment) throws Unreadable {
        if (asked != null && asked.metrics != null) {
            return asked.metrics.judge(service, environment);
        }
        for (String selector : new String[] {baseline, canary}) {
            if (selector.contains("=")) {
                throw new Unreadable("expected a release, for that is what a daemon knows instances by, found '"
                        + selector + "'; label matchers go with --prometheus");
            }
        }
        String daemon = asked == null || asked.daemon == null ? HERE : asked.daemon;
        return new DaemonJudge(DaemonJudge.address(daemon), Optional.ofNullable(environment.get(TOKEN)));
    }

    private static String text(Question question, Judged judged) {
        StringBuilder text = new StringBuilder(judged.answer().word().toUpperCase(Locale.ROOT))
                .append("  ")
                .append(question.service())
                .append(", canary ")
                .append(question.canary())
                .append(" beside baseline ")
                .append(question.baseline())
                .append('\n')
                .append("  why         ")
                .append(judged.why())
                .append('\n');
        judged.rate()
                .ifPresent(rate -> text.append("  difference  ")
                        .append(Figures.growth(Math.round(rate.perHour())))
                        .append(" an hour (")
                        .append(Figures.growth(Math.round(rate.low())))
                        .append(" to ")
                        .append(Figures.growth(Math.round(rate.high())))
                        .append(")\n"));
        return text.toString();
    }

    private static String json(Question question, Judged judged) {
        Map<String, Object> form = new LinkedHashMap<>(judged.form());
        form.put("service", question.service());
        form.put("baseline", question.baseline());
        form.put("canary", question.canary());
        form.put("toleratedPerHour", question.tolerable());
        return Json.of(form);
    }
}
