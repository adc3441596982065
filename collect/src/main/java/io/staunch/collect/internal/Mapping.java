package io.staunch.collect.internal;

import java.util.ArrayList;
import java.util.List;

/// A mapping of a process's address space, from `/proc/PID/maps` or, with sizes, from `smaps`.
///
/// @param end         the first address after it
/// @param permissions such as `rw-p`
/// @param name        the file or the kernel's label; empty for anonymous memory
/// @param resident    bytes in memory; 0 when read from `maps`
/// @param proportional like resident, with each page divided by how often it is mapped
public record Mapping(
        long start, long end, String permissions, long inode, String name, long resident, long proportional) {
    public long size() {
        return end - start;
    }

    public boolean isWritable() {
        return permissions.startsWith("rw");
    }

    public boolean isGuard() {
        return permissions.startsWith("---");
    }

    public boolean isFile() {
        return inode != 0;
    }

    static List<Mapping> parse(List<String> lines) {
        List<Mapping> mappings = new ArrayList<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0 && line.charAt(space - 1) != ':') {
                mappings.add(head(line));
            } else if (!mappings.isEmpty() && line.startsWith("Rss:")) {
                Mapping last = mappings.removeLast();
                mappings.add(last.with(ProcStatus.kilobytes(line.substring("Rss:".length())), last.proportional));
            } else if (!mappings.isEmpty() && line.startsWith("Pss:")) {
                Mapping last = mappings.removeLast();
                mappings.add(last.with(last.resident, ProcStatus.kilobytes(line.substring("Pss:".length()))));
            }
        }
        return mappings;
    }

    private Mapping with(long newResident, long newProportional) {
        return new Mapping(start, end, permissions, inode, name, newResident, newProportional);
    }

    private static Mapping head(String line) {
        String[] cells = line.split("\\s+", 6);
        int dash = cells[0].indexOf('-');
        return new Mapping(
                Long.parseUnsignedLong(cells[0].substring(0, dash), 16),
                Long.parseUnsignedLong(cells[0].substring(dash + 1), 16),
                cells[1],
                ProcFs.parseLong(cells[4]).orElse(0),
                cells.length > 5 ? cells[5] : "",
                0,
                0);
    }
}
