package io.staunch.collect.internal;

import java.util.List;
import java.util.stream.Stream;

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

    static ProcStatus parse(String text) {
        List<String> lines = text.lines().toList();
        String caught = field(lines, "SigCgt");
        return new ProcStatus(
                field(lines, "Name"),
                first(field(lines, "Uid")),
                last(field(lines, "NSpid")),
                kilobytes(field(lines, "VmRSS")),
                kilobytes(field(lines, "RssAnon")),
                kilobytes(field(lines, "RssFile")),
                kilobytes(field(lines, "RssShmem")),
                kilobytes(field(lines, "VmSwap")),
                first(field(lines, "Threads")),
                !caught.isEmpty() && (Long.parseUnsignedLong(caught, 16) & 1L << (SIGQUIT - 1)) != 0);
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static long first(String numbers) {
        return Stream.of(numbers.split("\\s+", -1))
                .mapToLong(ProcStatus::number)
                .findFirst()
                .orElse(0);
    }

    private static long last(String numbers) {
        return Stream.of(numbers.split("\\s+", -1))
                .mapToLong(ProcStatus::number)
                .reduce(0, (before, last) -> last);
    }

    private static long number(String text) {
        return ProcFs.parseLong(text).orElse(0);
    }

    /// `  1234 kB` in bytes; 0 if there is nothing.
    static long kilobytes(String text) {
        return first(text.strip()) * 1024;
    }
}
