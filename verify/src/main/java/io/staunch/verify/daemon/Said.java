package io.staunch.verify.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What one scribe said before it was killed, and when each line came. Not thread-safe.
final class Said {
    /// @param what   `R`, `D`, `I` or `A`
    /// @param of     the target of a reading, else 0
    /// @param number of the reading or the round
    /// @param nanos  of `System.nanoTime` when it was heard
    record Line(char what, int of, long number, long nanos) {}

    private final List<Line> lines = new ArrayList<>();
    private long killed;

    /// From the scribe's first line on for so long.
    void listen(Process scribe, long millis) throws IOException {
        BufferedReader out = scribe.inputReader();
        String line = out.readLine();
        long end = System.nanoTime() + millis * 1_000_000;
        while (line != null) {
            hear(line);
            if (System.nanoTime() >= end) {
                killed = System.nanoTime();
                return;
            }
            line = out.readLine();
        }
        throw new IOException("expected a scribe that goes on until it is killed, found that it ended");
    }

    /// What it had said before it died and nobody had read yet. A last line may be half of one.
    void rest(Process scribe) throws IOException {
        BufferedReader out = scribe.inputReader();
        String line = out.readLine();
        while (line != null) {
            String next = out.readLine();
            if (next != null) {
                hear(line);
            }
            line = next;
        }
    }

    private void hear(String line) {
        String[] words = line.split(" ", -1);
        boolean reading = words[0].equals("R");
        lines.add(new Line(
                words[0].charAt(0),
                reading ? Integer.parseInt(words[1]) : 0,
                Long.parseLong(words[words.length - 1]),
                System.nanoTime()));
    }

    List<Line> lines(char what) {
        return lines.stream().filter(line -> line.what() == what).toList();
    }

    /// How long before the kill that line was heard; 0 if after it.
    double secondsBeforeTheKill(Line line) {
        return Math.max(0, killed - line.nanos()) / 1e9;
    }
}
