package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dumps of child JVMs against those JVMs' own class histograms.
@Tag("slow")
class RealDumpTest {
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "needs JDK {0}")
    @ValueSource(
            strings = {
                "17 -XX:+UseSerialGC",
                "17 -XX:+UseG1GC",
                "17 -XX:+UseParallelGC",
                "17 -XX:+UseShenandoahGC",
                "17 -XX:+UseZGC",
                "17 -XX:-UseCompressedOops -XX:+UseParallelGC",
                "17 -XX:ObjectAlignmentInBytes=16 -XX:+UseSerialGC",
                "25 -XX:+UseSerialGC",
                "25 -XX:+UseG1GC",
                "25 -XX:+UseParallelGC",
                "25 -XX:+UseZGC",
                "25 -XX:+UseShenandoahGC",
                "25 -XX:+UseCompactObjectHeaders -XX:+UseSerialGC",
                "25 -XX:+UseCompactObjectHeaders -XX:+UseG1GC"
            })
    void sizesAreThoseOfTheRunningHeap(String jvm) throws IOException, InterruptedException {
        List<String> words = List.of(jvm.split(" ", -1));
        Path dump = folder.resolve("child.hprof");
        Map<String, long[]> told = histogram(run(words, dump));
        try (Heap heap = Heap.open(dump)) {
            int compared = 0;
            List<String> wrong = new ArrayList<>();
            for (HeapReport.TypeUse type : heap.report(100_000).histogram()) {
                long[] jvmSays = told.get(type.type());
                if (type.type().startsWith("DumpedProgram") && jvmSays != null) {
                    compared++;
                    if (jvmSays[0] != type.instances() || jvmSays[1] != type.shallow()) {
                        wrong.add(type + " but the JVM says " + jvmSays[0] + " in " + jvmSays[1] + " bytes");
                    }
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(compared).isGreaterThanOrEqualTo(5);
            LeakSuspect suspect = heap.report(3).suspects().getFirst();
            assertThat(suspect.type()).isEqualTo("DumpedProgram$Session");
            assertThat(suspect.holder()).startsWith("static DumpedProgram.SESSIONS");
        }
    }

    private List<String> run(List<String> words, Path dump) throws IOException, InterruptedException {
        Path histogram = folder.resolve("histogram");
        ChildJvm.run(words, folder, "DumpedProgram", PROGRAM, dump.toString(), histogram.toString());
        return Files.readAllLines(histogram);
    }

    private static Map<String, long[]> histogram(List<String> lines) {
        Map<String, long[]> rows = new HashMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String type = row.group(3).startsWith("[L")
                        ? row.group(3).substring(2).replace(";", "[]")
                        : row.group(3);
                rows.put(type, new long[] {Long.parseLong(row.group(1)), Long.parseLong(row.group(2))});
            }
        }
        return rows;
    }

    private static final String PROGRAM = """
            import java.lang.management.ManagementFactory;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.ArrayList;
            import java.util.Arrays;
            import java.util.List;
            import java.util.Map;
            import java.util.concurrent.ConcurrentHashMap;
            import javax.management.ObjectName;

            public class DumpedProgram {
                static final Map<String, Object> SESSIONS = new ConcurrentHashMap<>();
                static class Base { int a; long b; boolean c; Object o; short s; }
                static class Middle extends Base { byte x; Object y; }
                static class Session extends Middle { byte z; byte[] q; double d; Part[] parts; }
                static class Part { byte one; }
                static class Wide extends Part { long two; byte three; int four; Object five; }
                static final List<Object> KEPT = new ArrayList<>();

                public static void main(String[] args) throws Exception {
                    for (int i = 0; i < 3000; i++) {
                        Session session = new Session();
                        session.q = new byte[i % 400];
                        session.o = new int[i % 9];
                        session.parts = new Part[i % 20];
                        Arrays.setAll(session.parts, n -> new Part());
                        SESSIONS.put("k" + i, session);
                        if (i % 100 == 0) { KEPT.add(new Wide()); KEPT.add(new Middle()); KEPT.add(new Base()); }
                    }
                    var server = ManagementFactory.getPlatformMBeanServer();
                    Object[] none = {new String[0]};
                    String[] types = {String[].class.getName()};
                    String histogram = (String) server.invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", none, types);
                    ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
                            .dumpHeap(args[0], true);
                    Files.writeString(Path.of(args[1]), histogram);
                }
            }
            """;
}
