package io.staunch.collect.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What `/proc/PID/status` says, sizes in bytes.
///
/// @param pidInNamespace  the process's own number where it lives: differs in a container
/// @param residentShared  resident pages of shared memory; ZGC's heap is there, in versions before 21 up to three
///                        times
/// @param catchesQuit     true if the process handles SIGQUIT, as each JVM does; it would kill any other
public record ProcStatus(
        String name,
        long userId,
        long pidInNamespace,
        long resident,
        long residentAnonymous,
        long residentFile,
        long residentShared,
        long swapped,
        long threads,
        boolean catchesQuit) {
    private static final int SIGQUIT = 3;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    static ProcStatus parse(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        UnaryOperator<String> field = name -> fields.getOrDefault(name, "");
        String caught = field.apply("SigCgt");
        return new ProcStatus(
                field.apply("Name"),
                first(field.apply("Uid")),
                last(field.apply("NSpid")),
                kilobytes(field.apply("VmRSS")),
                kilobytes(field.apply("RssAnon")),
                kilobytes(field.apply("RssFile")),
                kilobytes(field.apply("RssShmem")),
                kilobytes(field.apply("VmSwap")),
                first(field.apply("Threads")),
                !caught.isEmpty() && (Long.parseUnsignedLong(caught, 16) & 1L << (SIGQUIT - 1)) != 0);
    }

    /// Bytes that the process alone holds, in memory or swapped out.
    public long held() {
        return residentAnonymous + swapped;
    }

    private static long first(String numbers) {
        return BLANKS.splitAsStream(numbers)
                .mapToLong(ProcStatus::number)
                .findFirst()
                .orElse(0);
    }

    private static long last(String numbers) {
        return BLANKS.splitAsStream(numbers).mapToLong(ProcStatus::number).reduce(0, (before, last) -> last);
    }

    private static long number(String text) {
        return ProcFs.parseLong(text).orElse(0);
    }

    /// `  1234 kB` in bytes; 0 if there is nothing.
    static long kilobytes(String text) {
        return first(text.strip()) * 1024;
    }
}
