package io.staunch.verify.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.Unreadable;
import io.staunch.cli.replay.ReplayCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {
    private static final int ONSET = 1440;
    private static final int FULL = 4 * 1440;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aLeakIsCalledInItsFirstHalfAndASteadySeriesIsNot() throws IOException {
        StringBuilder csv = new StringBuilder("id,minute,value,limit,load,event\n");
        Random random = new Random(7);
        for (int minute = -2880; minute < FULL; minute += 2) {
            double noise = 5 * random.nextGaussian();
            double leak = 500.0 * Math.max(0, minute - ONSET) / (FULL - ONSET);
            csv.append("leaky,")
                    .append(minute)
                    .append(',')
                    .append(500 + noise + leak)
                    .append(",1000,,\n");
            csv.append("steady,").append(minute).append(',').append(500 - noise).append(",1000,,\n");
        }

        Ran ran = replay(csv.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        JsonNode leaky = JsonMapper.shared().readTree(ran.lines().get(0));
        JsonNode steady = JsonMapper.shared().readTree(ran.lines().get(1));
        assertThat(leaky.get("id").asString()).isEqualTo("leaky");
        assertThat(leaky.get("alarms").size()).isEqualTo(1);
        JsonNode alarm = leaky.get("alarms").get(0);
        assertThat(alarm.get("minute").asDouble()).isBetween(ONSET + 60.0, (ONSET + FULL) / 2.0);
        assertThat(alarm.get("ratePerHour").asDouble()).isBetween(5.0, 10.0);
        assertThat(alarm.get("exhaustionEarliestMinute").asDouble()).isLessThan(FULL);
        assertThat(alarm.get("exhaustionLatestMinute").asDouble()).isGreaterThan(FULL);
        assertThat(steady.get("alarms").size()).isZero();
    }

    @Test
    void aLineThatCannotBeReadIsNamed() throws IOException {
        Ran ran = replay("id,minute,value\na,0,1\na,one,2\n");
        assertThat(ran.failure()).endsWith("line 3: expected a number as minute, found 'one'");
    }

    @Test
    void rowsOfManySeriesInAnyOrderAndZippedSayTheSame() throws IOException {
        List<String> rows = new ArrayList<>();
        Random random = new Random(8);
        for (int minute = 0; minute < FULL; minute += 5) {
            for (int series = 0; series < 3; series++) {
                double leak = series == 0 ? 480.0 * minute / FULL : 0;
                rows.add("s" + series + "," + minute + "," + (400 + leak + 4 * random.nextGaussian()) + ",1000,100,");
            }
        }
        String header = "id,minute,value,limit,load,event\n";
        Ran ordered = replay(header + String.join("\n", rows));
        Collections.shuffle(rows, random);
        Path zipped = folder.resolve("shuffled.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write((header + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8));
        }
        Ran shuffled = replay(zipped);
        assertThat(ordered.exitCode()).isEqualTo(1);
        assertThat(shuffled.lines()).containsExactlyInAnyOrderElementsOf(ordered.lines());
    }

    @Test
    void badInputIsOneLineThatSaysWhatWasExpectedAndFound() throws IOException {
        assertThat(replay("").failure()).contains("expected a header line").contains("found an empty file");
        assertThat(replay("time,bytes\n1,2\n").failure()).contains("found 'time,bytes'");
        assertThat(replay("id,minute,value,event\na,1,2\n").failure()).contains("line 2: expected 4 columns, found 3");
        assertThat(replay("id,minute,value,event\na,1,2,reboot\n").failure()).endsWith("found 'reboot'");
        assertThat(replay(folder.resolve("absent.csv")).failure()).contains("found none");
        assertThat(replay(folder).failure()).contains("found a directory");
    }

    @Test
    void quotesOrderOfColumnsAndKindOfLineEndSayNothing() throws IOException {
        StringBuilder plain = new StringBuilder("id,minute,value,limit,load,event\n");
        StringBuilder other = new StringBuilder("\uFEFF\"event\",\"value\",\"host\",\"minute\",\"limit\",\"id\"\r\n");
        Random random = new Random(9);
        for (int i = -600; i < 2000; i++) {
            double minute = 2.5 * i;
            double value = 400 + 3 * random.nextGaussian() + 0.15 * Math.max(0, minute);
            String limit = i == -600 ? "1100" : "";
            String event = i == -100 ? "restart" : "";
            plain.append("a,%s,%s,%s,,%s%n".formatted(minute, value, limit, event));
            other.append("%s,%s,h1,%s,%s,\"a\"\r\n".formatted(event, value, minute, limit));
        }
        Ran expected = replay(plain.toString());
        Ran found = replay(other.toString());
        assertThat(expected.exitCode()).isEqualTo(1);
        assertThat(found.lines()).isEqualTo(expected.lines());
    }

    private record Ran(int exitCode, List<String> lines, String failure) {}

    private Ran replay(String csv) throws IOException {
        return replay(Files.writeString(folder.resolve("recorded.csv"), csv));
    }

    private static Ran replay(Path file) {
        StringBuilder failure = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            int exitCode = new CommandLine(new ReplayCommand())
                    .setExecutionExceptionHandler((e, _, _) -> {
                        assertThat(e).isInstanceOf(Unreadable.class);
                        failure.append(e.getMessage());
                        return 2;
                    })
                    .execute(file.toString(), "--json");
            return new Ran(
                    exitCode, bytes.toString(StandardCharsets.UTF_8).lines().toList(), failure.toString());
        } finally {
            System.setOut(out);
        }
    }
}
