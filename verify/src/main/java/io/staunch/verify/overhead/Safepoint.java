package io.staunch.verify.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One stop of all threads, from the log that `-Xlog:safepoint` writes with the decoration `utctime`.
///
/// @param operation what the virtual machine did meanwhile, such as `G1CollectForAllocation`
record Safepoint(Instant at, String operation, double millis) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    private static final Pattern LINE =
            Pattern.compile("^\\[([^\\]]+)\\].*Safepoint \"([^\"]+)\".*Total:\\s+(\\d+) ns");
    /// Operations of a collector.
    private static final Pattern COLLECTION = Pattern.compile("Collect|GC|Mark|Remark|Cleanup|^Z[A-Z]|^X[A-Z]|Pause");
    /// Operations of histograms, heap dumps and the flight recorder.
    private static final Pattern HIGHER_RUNG = Pattern.compile("HeapInspection|HeapDump|^JFR|^SetNotifyJvmti");

    static List<Safepoint> parse(Path log) throws IOException {
        List<Safepoint> safepoints = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher found = LINE.matcher(line);
            if (found.find()) {
                Instant at = OffsetDateTime.parse(found.group(1), TIME).toInstant();
                safepoints.add(new Safepoint(at, found.group(2), Long.parseLong(found.group(3)) / 1e6));
            }
        }
        return safepoints;
    }

    boolean isCollection() {
        return COLLECTION.matcher(operation).find() && !isOfHigherRung();
    }

    /// Class histograms, recordings, dumps: what the watch does on suspicion and says beforehand.
    boolean isOfHigherRung() {
        return HIGHER_RUNG.matcher(operation).find();
    }
}
