package io.staunch.collect.internal;

import java.util.Optional;

/// What `/proc/PID/stat` says; a process's line or a thread's.
///
/// @param command    at most 15 characters
/// @param startTicks when it started, in hundredths of a second since the machine did
/// @param cpuTicks   CPU used, user and system, in hundredths of a second
public record ProcStat(String command, char state, long startTicks, long cpuTicks) {
    /// The command may itself hold spaces and brackets: the fields begin after the last bracket.
    static Optional<ProcStat> parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = line.substring(close + 1).strip().split("\\s+", -1);
        if (fields.length < 20) {
            return Optional.empty();
        }
        long cpu = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Optional.of(
                new ProcStat(line.substring(open + 1, close), fields[0].charAt(0), Long.parseLong(fields[19]), cpu));
    }
}
