package io.staunch.heap.internal.bytes;

import io.staunch.heap.HeapFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The records of a dump's top level: names, loaded classes, stack traces, and the stretches that hold the heap.
/// A damaged record ends the outline; what came before is kept and the damage becomes a warning.
public final class Outline {
    /// A stretch of heap sub-records, from `start` up to and without `end`.
    public record Stretch(long start, long end) {}

    private final DumpBytes bytes;
    private final Map<Long, Long> strings = new HashMap<>();
    private final Map<Long, Long> classNames = new HashMap<>();
    private final Map<Long, Long> frames = new HashMap<>();
    private final Map<Integer, Long> traces = new HashMap<>();
    private final Map<Integer, Long> classBySerial = new HashMap<>();
    private final List<Stretch> heap = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long at;
    private long soundEnd;
    private boolean damaged;
    private int handedOut;

    private Outline(DumpBytes bytes) {
        this.bytes = bytes;
        this.at = bytes.firstRecord();
    }

    /// Walks the top level; a few hundred thousand records at most, whatever the heap's size.
    public static Outline read(DumpBytes bytes) throws HeapFormatException {
        Outline outline = begin(bytes);
        while (outline.step()) {
            // on to the end
        }
        return outline.complete();
    }

    /// An outline that is yet to be walked, by whoever calls [#more].
    public static Outline begin(DumpBytes bytes) {
        return new Outline(bytes);
    }

    /// What holds the heap and was not handed out before, in file order: so many bytes or more while there are
    /// as many, empty at the end. Walks on as far as it must. Safe for use by several threads, which must ask for
    /// nothing else before its end.
    public synchronized List<Stretch> more(long least) {
        List<Stretch> found = new ArrayList<>();
        for (long length = 0; length < least; ) {
            if (handedOut < heap.size()) {
                Stretch next = heap.get(handedOut++);
                found.add(next);
                length += next.end() - next.start();
            } else if (!step()) {
                break;
            }
        }
        return found;
    }

    /// Makes sure that there was a heap, when all was walked.
    public Outline complete() throws HeapFormatException {
        if (heap.isEmpty()) {
            throw new HeapFormatException(
                    bytes.file(), bytes.end(), "a heap dump segment", "none before the end of the file");
        }
        return this;
    }

    /// Walks one record on; false at the end and at damage.
    private boolean step() {
        if (damaged || at >= bytes.end()) {
            soundEnd = damaged ? soundEnd : bytes.end();
            return false;
        }
        soundEnd = at;
        if (at + 9 > bytes.end()) {
            return damaged(at, "a record header of 9 bytes", "the end of the file");
        }
        int tag = bytes.u1(at);
        long length = bytes.u4(at + 5);
        long body = at + 9;
        boolean heapRecord = tag == Tags.HEAP_DUMP || tag == Tags.HEAP_DUMP_SEGMENT;
        if (body + length > bytes.end()) {
            if (heapRecord) {
                heap.add(new Stretch(body, bytes.end()));
                soundEnd = bytes.end();
            }
            return damaged(at, "a record of " + length + " bytes", "the end of the file after " + (bytes.end() - body));
        }
        if (tag == 0 || tag > Tags.HEAP_DUMP_END) {
            return damaged(at, "a record tag (0x01 to 0x2c)", String.format("0x%02x", tag));
        }
        if (heapRecord && length > 0) {
            heap.add(new Stretch(body, body + length));
        } else {
            record(tag, body, length);
        }
        at = body + length;
        return true;
    }

    private boolean damaged(long position, String expected, String found) {
        warnings.add(new HeapFormatException(bytes.file(), position, expected, found).getMessage());
        damaged = true;
        return false;
    }

    private void record(int tag, long body, long length) {
        int id = bytes.idSize();
        switch (tag) {
            case Tags.UTF8 -> {
                if (length >= id) {
                    strings.put(bytes.id(body), body);
                }
            }
            case Tags.LOAD_CLASS -> {
                if (length >= 8 + 2L * id) {
                    classNames.put(bytes.id(body + 4), bytes.id(body + 8 + id));
                    classBySerial.put(bytes.s4(body), bytes.id(body + 4));
                }
            }
            case Tags.FRAME -> {
                if (length >= 4L * id + 8) {
                    frames.put(bytes.id(body), body);
                }
            }
            case Tags.TRACE -> {
                if (length >= 12) {
                    traces.put(bytes.s4(body), body);
                }
            }
            default -> {}
        }
    }

    /// The name with this id, or its id in hexadecimal when the dump lost it.
    public String string(long id) {
        Long body = strings.get(id);
        if (body == null) {
            return "0x" + Long.toHexString(id);
        }
        long length = bytes.u4(body - 4) - bytes.idSize();
        return bytes.utf8(body + bytes.idSize(), length);
    }

    /// The Java name of a loaded class (`byte[]`, `java.util.Map$Entry`); its id when the dump has no record of it.
    public String className(long classId) {
        Long name = classNames.get(classId);
        return name == null ? "class 0x" + Long.toHexString(classId) : TypeNames.fromInternal(string(name));
    }

    /// Methods of a stack trace, innermost first, as `com.shop.Driver.main`.
    public List<String> methods(int traceSerial) {
        Long body = traces.get(traceSerial);
        if (body == null) {
            return List.of();
        }
        long count = Math.min(bytes.u4(body + 8), (bytes.u4(body - 4) - 12) / bytes.idSize());
        List<String> methods = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            methods.add(method(bytes.id(body + 12 + i * bytes.idSize())));
        }
        return methods;
    }

    private String method(long frameId) {
        Long body = frames.get(frameId);
        if (body == null) {
            return "unknown";
        }
        String method = string(bytes.id(body + bytes.idSize()));
        Long type = classBySerial.get(bytes.s4(body + 4L * bytes.idSize()));
        return (type == null ? "unknown" : className(type)) + "." + method;
    }

    /// Takes the id of a name and where its text lies.
    @FunctionalInterface
    public interface NameVisitor {
        void name(long id, long start, long length);
    }

    /// Visits all names.
    public void eachString(NameVisitor visitor) {
        strings.forEach((id, body) ->
                visitor.name(id, body + bytes.idSize(), Math.max(0, bytes.u4(body - 4) - bytes.idSize())));
    }

    /// Ids of the names of classes, and of methods on threads' stacks.
    public Set<Long> namesInUse() {
        Set<Long> used = new HashSet<>(classNames.values());
        for (long body : frames.values()) {
            for (int i = 1; i <= 3; i++) {
                used.add(bytes.id(body + (long) i * bytes.idSize()));
            }
        }
        return used;
    }

    /// Where the sound records end: at the end of the file, or where damage began.
    public long soundEnd() {
        return soundEnd;
    }

    /// The stretches that hold the heap, in file order.
    public List<Stretch> heap() {
        return heap;
    }

    public List<String> warnings() {
        return warnings;
    }
}
