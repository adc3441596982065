package io.staunch.collect;

import io.staunch.collect.internal.CommandLine;
import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import io.staunch.collect.internal.ProcStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The JVMs of this machine, found from outside: no JVM notices it.
public final class Jvms {
    private static final ProcFs PROC = ProcFs.HOST;

    private Jvms() {}

    /// All running JVMs but ourselves, other users' included, in the order of their numbers.
    public static List<JvmInfo> running() {
        long self = ProcessHandle.current().pid();
        return PROC.pids().stream()
                .filter(pid -> pid != self)
                .sorted()
                .flatMap(pid -> describe(pid).stream())
                .toList();
    }

    /// Empty if the process is gone or is no JVM.
    public static Optional<JvmInfo> describe(long pid) {
        if (PROC.stat(pid).filter(ProcStat::isProgram).isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> file = PerfData.fileOf(PROC, pid);
        if (file.isEmpty() && !hasLibjvm(pid)) {
            return Optional.empty();
        }
        Optional<PerfData> counters = file.flatMap(PerfData::read);
        List<String> arguments = PROC.arguments(pid);
        CommandLine line = CommandLine.parse(arguments);
        String main = counters.flatMap(c -> c.text("sun.rt.javaCommand"))
                .or(line::main)
                .orElseGet(() -> PROC.status(pid).map(ProcStatus::name).orElse("java"));
        List<String> classPath = counters.flatMap(c -> c.text("java.property.java.class.path"))
                .or(line::classPath)
                .map(path -> absolute(pid, path))
                .orElse(List.of());
        return Optional.of(new JvmInfo(
                pid,
                CommandLine.shortName(main),
                counters.flatMap(c -> c.text("java.property.java.version"))
                        .or(() -> versionOfHome(pid))
                        .orElse("unknown"),
                counters.map(Jvms::virtualMachine).orElse("unknown"),
                counters.map(PerfReadings::collector).orElse(Collector.UNKNOWN),
                owner(pid),
                ReleaseName.of(PROC, pid, classPath),
                PROC.started(pid).orElse(Instant.EPOCH),
                classPath,
                way(pid, counters, line)));
    }

    private static boolean hasLibjvm(long pid) {
        return PROC.mappings(pid).stream().anyMatch(mapping -> mapping.name().endsWith("/libjvm.so"));
    }

    private static String virtualMachine(PerfData counters) {
        return counters.text("java.property.java.vm.name").orElse("") + " "
                + counters.text("java.property.java.vm.version").orElse("");
    }

    private static Optional<String> versionOfHome(long pid) {
        return PROC.executable(pid)
                .map(java -> PROC.asSeenBy(pid, java.resolveSibling("..").resolve("release")))
                .flatMap(release -> {
                    try (Stream<String> lines = Files.lines(release)) {
                        return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                                .map(line ->
                                        line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                                .findFirst();
                    } catch (IOException | java.io.UncheckedIOException e) {
                        return Optional.empty();
                    }
                });
    }

    private static List<String> absolute(long pid, String classPath) {
        Path directory = PROC.workingDirectory(pid).orElse(Path.of("/"));
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.add(directory.resolve(entry).normalize().toString());
            }
        }
        return entries;
    }

    static String owner(long pid) {
        try {
            return Files.getOwner(PROC.of(pid)).getName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// Root may enter all; others only what is their own.
    static boolean isOpenToUs(long pid) {
        long self = PROC.status(ProcessHandle.current().pid())
                .map(ProcStatus::userId)
                .orElse(-1L);
        return self == 0 || PROC.status(pid).map(ProcStatus::userId).orElse(-2L) == self;
    }

    static boolean disablesAttach(long pid, Optional<PerfData> counters, CommandLine line) {
        return !counters.map(PerfData::allowsAttach).orElse(true)
                || line.disablesAttach()
                || Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
                        .flatMap(name -> PROC.environment(pid, name).stream())
                        .anyMatch(options -> options.contains("-XX:+DisableAttachMechanism"));
    }

    private static JvmInfo.Way way(long pid, Optional<PerfData> counters, CommandLine line) {
        if (isOpenToUs(pid) && !disablesAttach(pid, counters, line)) {
            return PROC.isInOtherNamespace(pid, "net") ? JvmInfo.Way.ATTACH : JvmInfo.Way.JMX;
        }
        return counters.isPresent() ? JvmInfo.Way.COUNTERS : JvmInfo.Way.PROC;
    }
}
