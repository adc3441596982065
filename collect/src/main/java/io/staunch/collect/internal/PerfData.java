package io.staunch.collect.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The performance counters that a HotSpot JVM keeps in `/tmp/hsperfdata_USER/PID`. Reading them costs the target
/// nothing: no thread of it runs for us, no lock is taken. Only its owner and root can.
///
/// ```
/// header   0  u4 magic CA FE C0 C0 (big endian)   4  u1 byte order (0 big)   5  u1 major   6  u1 minor
///          7  u1 accessible   8  i4 used   12 i4 overflow   16 i8 changed   24 i4 first entry   28 i4 entries
/// entry    0  i4 length   4  i4 name offset   8  i4 vector length (0: scalar)   12 u1 type (J long, B byte)
///          13 u1 flags   14 u1 unit   15 u1 variability   16 i4 data offset
/// ```
///
/// Layout: HotSpot's perfMemory.hpp, version 2.0, the same from Java 5 to 25.
public final class PerfData {
    private static final int MAGIC = 0xcafec0c0;
    private static final int HEADER_BYTES = 32;
    private static final int ENTRY_BYTES = 20;

    private final Map<String, Object> counters;

    private PerfData(Map<String, Object> counters) {
        this.counters = counters;
    }

    /// The file of a JVM, through the root of its own file system; empty if there is none.
    public static Optional<Path> fileOf(ProcFs proc, long pid) {
        long ownPid = proc.status(pid).map(ProcStatus::pidInNamespace).orElse(pid);
        Path temp = proc.asSeenBy(pid, Path.of("/tmp"));
        Optional<Path> inside = find(temp, ownPid == 0 ? pid : ownPid);
        // Another user's root can't be entered, but its folder in our own /tmp can be listed.
        return inside.isPresent() || Files.isReadable(temp) ? inside : find(Path.of("/tmp"), pid);
    }

    private static Optional<Path> find(Path temp, long pid) {
        try (DirectoryStream<Path> users = Files.newDirectoryStream(temp, "hsperfdata_*")) {
            for (Path user : users) {
                Path file = user.resolve(Long.toString(pid));
                if (Files.exists(file)) {
                    return Optional.of(file);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /// The counters of now; empty if the file can't be read or is not (yet) whole.
    public static Optional<PerfData> read(Path file) {
        try {
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<PerfData> parse(ByteBuffer file) {
        if (file.limit() < HEADER_BYTES || file.getInt(0) != MAGIC || file.get(7) == 0) {
            return Optional.empty();
        }
        file.order(file.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int entries = file.getInt(28);
        Map<String, Object> counters = HashMap.newHashMap(Math.clamp(entries, 0, 10_000));
        int at = file.getInt(24);
        for (int i = 0; i < entries && at >= HEADER_BYTES && at + ENTRY_BYTES <= file.limit(); i++) {
            int length = file.getInt(at);
            if (length < ENTRY_BYTES || at + length > file.limit()) {
                break;
            }
            readEntry(file.slice(at, length).order(file.order()), counters);
            at += length;
        }
        return Optional.of(new PerfData(counters));
    }

    private static void readEntry(ByteBuffer entry, Map<String, Object> counters) {
        int name = entry.getInt(4);
        int vector = entry.getInt(8);
        int data = entry.getInt(16);
        char type = (char) entry.get(12);
        if (name < 0 || data < name || data > entry.limit()) {
            return;
        }
        if (type == 'J' && vector == 0 && data + Long.BYTES <= entry.limit()) {
            counters.put(text(entry, name, data), entry.getLong(data));
        } else if (type == 'B' && vector > 0) {
            counters.put(text(entry, name, data), text(entry, data, Math.min(entry.limit(), data + vector)));
        }
    }

    private static String text(ByteBuffer entry, int from, int to) {
        int end = from;
        while (end < to && entry.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - from];
        entry.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public OptionalLong number(String counter) {
        return counters.get(counter) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
    }

    public Optional<String> text(String counter) {
        return counters.get(counter) instanceof String value && !value.isEmpty()
                ? Optional.of(value)
                : Optional.empty();
    }

    /// How long the JVM has stood still in safepoints since it started, the way into them included; nanoseconds.
    public OptionalLong pausedNanos() {
        OptionalLong paused = number("sun.rt.safepointTime");
        OptionalLong ticks = number("sun.os.hrt.frequency");
        if (paused.isEmpty() || ticks.isEmpty() || ticks.getAsLong() <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) (paused.getAsLong() * (1e9 / ticks.getAsLong())));
    }

    /// False if the JVM was started with `-XX:+DisableAttachMechanism`.
    public boolean allowsAttach() {
        return text("sun.rt.jvmCapabilities")
                .map(flags -> flags.startsWith("1"))
                .orElse(true);
    }
}
