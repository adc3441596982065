package io.staunch.cli.doctor;

import io.staunch.collect.HostTarget;
import io.staunch.collect.HostTarget.OperationCost;
import io.staunch.collect.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The form for people: a table each for JVMs, Redis servers and other processes.
final class DoctorText {
    private static final String NOT_MEASURED = "not measured";

    private DoctorText() {}

    static String of(List<HostTarget> targets) {
        Table jvms = new Table(
                "PID",
                "JVM",
                "JAVA",
                "COLLECTOR",
                "USER",
                "RELEASE",
                "WATCHED BY",
                "RIGHT",
                "HEAP",
                "HISTOGRAM",
                "LIVE HISTOGRAM",
                "ALLOCATIONS",
                "DUMP");
        Table redis = new Table("PID", "REDIS", "USER", "LISTENS AT", "RESIDENT", "WATCHED BY");
        Table processes = new Table("PID", "PROCESS", "USER", "RESIDENT", "WATCHED BY");
        for (HostTarget target : targets) {
            switch (target) {
                case HostTarget.Jvm jvm -> jvms.add(cells(jvm));
                case HostTarget.Redis server ->
                    redis.add(
                            Long.toString(server.pid()),
                            server.name(),
                            server.user(),
                            server.addresses().isEmpty() ? NOT_MEASURED : String.join(", ", server.addresses()),
                            bytes(server.residentBytes()),
                            "INFO");
                case HostTarget.LargeProcess process ->
                    processes.add(
                            Long.toString(process.pid()),
                            process.name(),
                            process.user(),
                            bytes(process.residentBytes()),
                            "/proc");
            }
        }
        List<String> parts = new ArrayList<>();
        parts.add(jvms.isEmpty() ? "no JVM runs here\n" : jvms + PAUSES);
        parts.add(redis.isEmpty() ? "no Redis runs here\n" : redis.toString());
        parts.add(processes.isEmpty() ? "no other large process runs here\n" : processes.toString());
        return String.join("\n", parts);
    }

    private static final String PAUSES = """
            Watching alone costs under 1 % of CPU and no pause. Histograms, allocation samples and dumps are the pause
            that each would mean now, and the room on the disk; they are taken on suspicion, dumps only when asked for.
            """;

    private static String[] cells(HostTarget.Jvm jvm) {
        return new String[] {
            Long.toString(jvm.pid()),
            jvm.name(),
            jvm.info().runtime(),
            jvm.info().collector().toString(),
            jvm.user(),
            jvm.info().release().orElse("-"),
            jvm.info().way().toString(),
            jvm.right(),
            heap(jvm.heapUsed(), jvm.heapMax()),
            cost(jvm, Operation.HISTOGRAM_ALL),
            cost(jvm, Operation.HISTOGRAM_LIVE),
            cost(jvm, Operation.OLD_OBJECTS),
            cost(jvm, Operation.DUMP_LIVE)
        };
    }

    private static String heap(OptionalLong used, OptionalLong max) {
        if (used.isEmpty()) {
            return NOT_MEASURED;
        }
        return bytes(used.getAsLong()) + (max.isPresent() ? " of " + bytes(max.getAsLong()) : "");
    }

    private static String cost(HostTarget.Jvm jvm, Operation operation) {
        return jvm.costs().stream()
                .filter(cost -> cost.operation() == operation)
                .findFirst()
                .map(DoctorText::cost)
                .orElse(NOT_MEASURED);
    }

    private static String cost(OperationCost cost) {
        if (cost.impossible().isPresent()) {
            return "no";
        }
        String pause = cost.pause().map(DoctorText::pause).orElse(NOT_MEASURED);
        return cost.diskBytes() > 0 ? pause + ", " + bytes(cost.diskBytes()) : pause;
    }

    private static String pause(Duration pause) {
        long millis = pause.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static String bytes(long bytes) {
        return bytes < 1_000_000_000 ? bytes / 1_000_000 + " MB" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
