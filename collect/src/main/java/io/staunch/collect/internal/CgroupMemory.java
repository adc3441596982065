package io.staunch.collect.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The memory limit that the kernel holds a process to, cgroup version 1 or 2.
public record CgroupMemory(OptionalLong limit, OptionalLong used) {
    /// Version 1 writes "none" as the largest multiple of the page size in a long.
    private static final long NO_LIMIT_ABOVE = 1L << 60;

    /// The lowest limit on the way from the process's group to the root counts: a group's parents bind it too.
    public static CgroupMemory of(ProcFs proc, long pid) {
        return of(proc, pid, Path.of("/sys/fs/cgroup"));
    }

    static CgroupMemory of(ProcFs proc, long pid, Path mount) {
        List<String> groups = ProcFs.lines(proc.of(pid).resolve("cgroup"));
        for (String line : groups) {
            String[] cells = line.split(":", 3);
            if (cells.length == 3 && List.of(cells[1].split(",", -1)).contains("memory")) {
                return read(mount.resolve("memory"), cells[2], "memory.limit_in_bytes", "memory.usage_in_bytes");
            }
        }
        for (String line : groups) {
            if (line.startsWith("0::")) {
                return read(mount, line.substring("0::".length()), "memory.max", "memory.current");
            }
        }
        return new CgroupMemory(OptionalLong.empty(), OptionalLong.empty());
    }

    private static CgroupMemory read(Path mount, String group, String limitFile, String usedFile) {
        Path own = mount.resolve(group.startsWith("/") ? group.substring(1) : group)
                .normalize();
        OptionalLong limit = OptionalLong.empty();
        for (Path at = own; at != null && at.startsWith(mount); at = at.getParent()) {
            OptionalLong here = number(at.resolve(limitFile));
            if (here.isPresent() && here.getAsLong() < limit.orElse(NO_LIMIT_ABOVE)) {
                limit = here;
            }
        }
        return new CgroupMemory(limit, number(own.resolve(usedFile)));
    }

    private static OptionalLong number(Path file) {
        return ProcFs.text(file).map(ProcFs::parseLong).orElse(OptionalLong.empty());
    }
}
