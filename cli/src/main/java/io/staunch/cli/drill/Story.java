package io.staunch.cli.drill;

import io.staunch.server.response.Narrator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Tells a drill as it happens: minutes and seconds since its start, who, what.
final class Story implements Narrator {
    private final PrintStream out;
    private final Instant from = Instant.now();

    Story(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void tell(Instant at, Voice voice, String sentence) {
        long seconds = Math.max(0, Duration.between(from, at).toSeconds());
        String time = String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
        out.println(time + "  " + name(voice) + "  " + sentence);
    }

    private String name(Voice voice) {
        return switch (voice) {
            case TEAM -> "team   ";
            case STAUNCH -> "staunch";
        };
    }
}
