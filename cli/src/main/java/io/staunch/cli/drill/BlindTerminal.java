package io.staunch.cli.drill;

import io.staunch.diagnose.Figures;
import io.staunch.drill.BlindDrill;
import io.staunch.drill.DrillFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/// A blind drill at the terminal: a line of the monitor every few seconds, and one command a line from the
/// person.
final class BlindTerminal {
    private static final Duration MONITOR_EVERY = Duration.ofSeconds(5);
    private static final long LISTEN_MILLIS = 200;
    private static final String COMMANDS = """
            suspects           who can be examined
            examine SUSPECT    what is known of one
            restart SERVICE    shop-api, payment-gateway, cache, shop-balancer
            rollback SERVICE   to the release before
            scale NUMBER       instances of shop-api
            blame SUSPECT      who it is
            end                give up or be done""";

    private final BlindDrill drill;
    private final BufferedReader in;
    private final PrintStream out;

    BlindTerminal(BlindDrill drill, BufferedReader in, PrintStream out) {
        this.drill = drill;
        this.in = in;
        this.out = out;
    }

    /// Until the person ends it, the growth has ended, or the time is over.
    BlindDrill.Score run() throws IOException, InterruptedException {
        out.println("Something is wrong with this shop, or will be. Commands:");
        out.println(COMMANDS);
        long next = System.nanoTime();
        boolean more = true;
        while (more && !drill.isOver()) {
            if (System.nanoTime() >= next) {
                out.println(drill.monitor());
                next = System.nanoTime() + MONITOR_EVERY.toNanos();
            }
            if (in.ready()) {
                Optional<String> line = Optional.ofNullable(in.readLine());
                more = line.isPresent() && obey(line.get().strip());
            } else {
                Thread.sleep(LISTEN_MILLIS);
            }
        }
        drill.failure().ifPresent(why -> out.println("the drill ended: " + why));
        return drill.score();
    }

    /// False to end.
    private boolean obey(String line) throws IOException, InterruptedException {
        String[] words = line.split("\\s+", 2);
        String what = words.length > 1 ? words[1] : "";
        try {
            switch (words[0]) {
                case "" -> {}
                case "suspects" -> out.println(String.join("\n", drill.suspects()));
                case "examine" -> out.println(drill.examine(what));
                case "restart" -> drill.restart(what);
                case "rollback" -> drill.rollback(what);
                case "scale" -> drill.scale(Integer.parseInt(what));
                case "blame" -> out.println(drill.blame(what) ? "that is it" : "no evidence implicates it");
                case "end" -> {
                    return false;
                }
                default -> out.println("expected one of:\n" + COMMANDS);
            }
        } catch (DrillFailed | NumberFormatException e) {
            out.println("could not do it: " + e.getMessage());
        }
        return true;
    }

    static String text(BlindDrill.Score score) {
        StringBuilder text = new StringBuilder();
        text.append("It was '")
                .append(score.name().word())
                .append("': ")
                .append(score.name().story())
                .append(".\n");
        text.append("  you named it     ").append(after(score.person())).append('\n');
        text.append("  Staunch named it ").append(after(score.staunch())).append('\n');
        text.append("  the team then    after ")
                .append(Figures.duration(score.name().teamsTimeToCause()))
                .append('\n');
        text.append("  wrong paths      ").append(score.wrongPaths().size());
        score.wrongPaths().forEach(path -> text.append("\n    ").append(path));
        return text.append('\n')
                .append(score.recovered() ? "  the growth has ended\n" : "  the growth was not seen to end\n")
                .toString();
    }

    private static String after(Optional<Duration> time) {
        return time.map(taken -> "after " + Figures.duration(taken)).orElse("not at all");
    }
}
