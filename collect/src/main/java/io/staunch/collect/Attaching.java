package io.staunch.collect;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.staunch.collect.internal.CommandLine;
import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import io.staunch.collect.internal.ProcStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The way into a JVM, with every reason to fail told apart before anything is sent: the signal that opens a JVM's
/// door kills a process that is none, and makes one that has attach disabled print its threads.
final class Attaching {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final ProcFs PROC = ProcFs.HOST;

    private Attaching() {}

    /// Opens the target's door and returns the address of its connector, starting that if it does not run yet. Empty
    /// if it can be attached to but its network is not ours.
    static Optional<String> open(long pid, TargetCalls calls) throws AttachFailed {
        check(pid);
        ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .ifPresent(AttachSocket.of(PROC, pid)::removeIfLeftBehind);
        boolean reachable = !PROC.isInOtherNamespace(pid, "net");
        try {
            return calls.call("attach", TIMEOUT, () -> {
                VirtualMachine vm = VirtualMachine.attach(Long.toString(pid));
                try {
                    return reachable ? Optional.of(vm.startLocalManagementAgent()) : Optional.empty();
                } finally {
                    vm.detach();
                }
            });
        } catch (TargetGone e) {
            throw explained(pid, e);
        }
    }

    static void check(long pid) throws AttachFailed {
        if (!PROC.isAlive(pid)) {
            throw noSuchProcess(pid);
        }
        Optional<JvmInfo> jvm = Jvms.describe(pid);
        Supplier<String> command = () -> PROC.stat(pid).map(ProcStat::command).orElse("nothing");
        if (jvm.isEmpty() && (Jvms.isOpenToUs(pid) || !command.get().startsWith("java"))) {
            throw new AttachFailed(
                    AttachFailed.Kind.NOT_A_JVM, "pid " + pid + ": expected a JVM, found " + command.get());
        }
        if (!Jvms.isOpenToUs(pid)) {
            throw new AttachFailed(
                    AttachFailed.Kind.OTHER_USER,
                    "pid " + pid + ": expected a JVM of user " + System.getProperty("user.name")
                            + ", found one of user " + Jvms.owner(pid));
        }
        Optional<PerfData> counters = PerfData.fileOf(PROC, pid).flatMap(PerfData::read);
        if (Jvms.disablesAttach(pid, counters, CommandLine.parse(PROC.arguments(pid)))) {
            throw new AttachFailed(
                    AttachFailed.Kind.ATTACH_DISABLED,
                    "pid " + pid + ": expected a JVM that allows attaching, found -XX:+DisableAttachMechanism");
        }
        checkItCanAnswer(pid);
    }

    private static void checkItCanAnswer(long pid) throws AttachFailed {
        if (PROC.stat(pid).filter(stat -> stat.state() == 'T').isPresent()) {
            throw new AttachFailed(
                    AttachFailed.Kind.TIMED_OUT, "pid " + pid + ": expected a running JVM, found it stopped");
        }
        if (!PROC.status(pid).map(ProcStatus::catchesQuit).orElse(false)) {
            throw PROC.isAlive(pid)
                    ? new AttachFailed(
                            AttachFailed.Kind.TIMED_OUT,
                            "pid " + pid + ": expected a JVM that listens, found one that is still starting or runs"
                                    + " with -Xrs")
                    : noSuchProcess(pid);
        }
    }

    private static AttachFailed noSuchProcess(long pid) {
        return new AttachFailed(
                AttachFailed.Kind.NO_SUCH_PROCESS, "pid " + pid + ": expected a running JVM, found no such process");
    }

    private static AttachFailed explained(long pid, TargetGone e) {
        if (!PROC.isAlive(pid)) {
            return new AttachFailed(
                    AttachFailed.Kind.DIED, "pid " + pid + ": expected a running JVM, found that it has ended", e);
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        AttachFailed.Kind kind = cause instanceof AttachNotSupportedException || cause instanceof IOException
                ? AttachFailed.Kind.TIMED_OUT
                : e.kind() == TargetGone.Kind.DIED ? AttachFailed.Kind.DIED : AttachFailed.Kind.TIMED_OUT;
        return new AttachFailed(
                kind,
                "pid " + pid + ": expected a JVM that can be attached to, found " + TargetCalls.firstLine(cause),
                e);
    }
}
