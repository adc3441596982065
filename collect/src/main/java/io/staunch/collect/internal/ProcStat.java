package io.staunch.collect.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/// What `/proc/PID/stat` says; a process's line or a thread's.
///
/// @param command    at most 15 characters
/// @param kernel     true if it is a thread of the kernel's own: no program, no memory
/// @param startTicks when it started, in hundredths of a second since the machine did
/// @param cpuTicks   CPU used, user and system, in hundredths of a second
public record ProcStat(String command, char state, boolean kernel, long startTicks, long cpuTicks) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /// `PF_KTHREAD` of the kernel's sched.h, in the flags that the line has.
    private static final long KERNEL_THREAD = 0x0020_0000;

    /// False if it has ended and only waits for its parent.
    public boolean isAlive() {
        return state != 'Z' && state != 'X';
    }

    /// Whether it is alive and has a program and memory of its own.
    public boolean isProgram() {
        return isAlive() && !kernel;
    }

    /// The command may itself hold spaces and brackets: the fields begin after the last bracket.
    static Optional<ProcStat> parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = BLANKS.split(line.substring(close + 1).strip(), -1);
        if (fields.length < 20) {
            return Optional.empty();
        }
        long cpu = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return Optional.of(new ProcStat(
                line.substring(open + 1, close),
                fields[0].charAt(0),
                (Long.parseLong(fields[6]) & KERNEL_THREAD) != 0,
                Long.parseLong(fields[19]),
                cpu));
    }
}
