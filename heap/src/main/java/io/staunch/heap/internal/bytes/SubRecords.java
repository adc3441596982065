package io.staunch.heap.internal.bytes;

/// A cursor over the sub-records of one stretch of a heap dump. [#next()] moves to the next one and leaves its parts
/// in the fields; nothing is allocated. It stops at the end of the stretch or at the first thing that can't be a
/// sub-record, and then says at which byte and why. One thread at a time.
///
/// ```
/// 21 INSTANCE         id  u4 trace  id class  u4 bytes   | field values, from the class up to its superclasses
/// 22 OBJECT_ARRAY     id  u4 trace  u4 length id class   | ids
/// 23 PRIMITIVE_ARRAY  id  u4 trace  u4 length u1 type    | values
/// 20 CLASS_DUMP       id  u4 trace  id super, loader, signers, domain, 2 reserved  u4 instance bytes
///                     u2 constants (u2 index, u1 type, value)  u2 statics (id name, u1 type, value)
///                     u2 fields (id name, u1 type)
/// ```
public final class SubRecords {
    private final DumpBytes bytes;
    private final int idSize;
    private final long end;
    private long nextPosition;
    private String damage = "";

    private int tag;
    private long position;
    private long id;
    private long classId;
    private int length;
    private int elementType;
    private long data;

    public SubRecords(DumpBytes bytes, long start, long end) {
        this.bytes = bytes;
        this.idSize = bytes.idSize();
        this.nextPosition = start;
        this.end = Math.min(end, bytes.end());
    }

    /// Moves to the next sub-record; false at the end and at damage.
    public boolean next() {
        position = nextPosition;
        if (position >= end) {
            return false;
        }
        tag = bytes.u1(position);
        return switch (tag) {
            case Tags.INSTANCE -> instance();
            case Tags.OBJECT_ARRAY -> objectArray();
            case Tags.PRIMITIVE_ARRAY -> primitiveArray();
            case Tags.CLASS_DUMP -> classDump();
            default -> root();
        };
    }

    private boolean instance() {
        long header = 9L + 2L * idSize;
        if (position + header > end) {
            return cut("an instance");
        }
        id = bytes.id(position + 1);
        classId = bytes.id(position + 5 + idSize);
        length = bytes.s4(position + 5 + 2L * idSize);
        data = position + header;
        nextPosition = data + (length & 0xFFFF_FFFFL);
        return nextPosition <= end || cut("an instance of " + (length & 0xFFFF_FFFFL) + " bytes");
    }

    private boolean objectArray() {
        long header = 9L + 2L * idSize;
        if (position + header > end) {
            return cut("an object array");
        }
        id = bytes.id(position + 1);
        length = bytes.s4(position + 5 + idSize);
        classId = bytes.id(position + 9 + idSize);
        data = position + header;
        nextPosition = data + (length & 0xFFFF_FFFFL) * idSize;
        return (length >= 0 && nextPosition <= end) || cut("an array of " + (length & 0xFFFF_FFFFL) + " references");
    }

    private boolean primitiveArray() {
        long header = 10L + idSize;
        if (position + header > end) {
            return cut("a primitive array");
        }
        id = bytes.id(position + 1);
        length = bytes.s4(position + 5 + idSize);
        elementType = bytes.u1(position + 9 + idSize);
        int width = Tags.width(elementType, idSize);
        data = position + header;
        if (width < 0 || elementType == Tags.OBJECT) {
            return damaged("the element type of a primitive array (4 to 11), found " + elementType);
        }
        nextPosition = data + (length & 0xFFFF_FFFFL) * width;
        return (length >= 0 && nextPosition <= end)
                || cut("an array of " + (length & 0xFFFF_FFFFL) + " " + Tags.primitiveName(elementType) + "s");
    }

    private boolean classDump() {
        long at = position + 5 + 7L * idSize + 4;
        if (at + 2 > end) {
            return cut("a class");
        }
        id = bytes.id(position + 1);
        at = values(at, 2);
        if (at >= 0) {
            at = values(at, idSize);
        }
        if (at < 0 || at + 2 > end) {
            return damage.isEmpty() ? cut("a class") : false;
        }
        nextPosition = at + 2 + (long) bytes.u2(at) * (idSize + 1);
        return nextPosition <= end || cut("a class");
    }

    /// Skips a u2-counted list of (name of `nameSize` bytes, u1 type, value); -1 when it does not fit.
    private long values(long start, int nameSize) {
        if (start + 2 > end) {
            return -1;
        }
        int count = bytes.u2(start);
        long at = start + 2;
        for (int i = 0; i < count; i++) {
            if (at + nameSize + 1 > end) {
                return -1;
            }
            int type = bytes.u1(at + nameSize);
            int width = Tags.width(type, idSize);
            if (width < 0) {
                damaged("the type of a static field (2 to 11), found " + type);
                return -1;
            }
            at += nameSize + 1 + width;
        }
        return at <= end ? at : -1;
    }

    private boolean root() {
        int extra = rootExtra();
        if (extra < 0) {
            return damaged(String.format("a heap sub-record's tag, found 0x%02x", tag));
        }
        if (tag == Tags.ANDROID_INFO) {
            nextPosition = position + 5 + idSize;
            return nextPosition <= end || cut("a heap name");
        }
        nextPosition = position + 1 + idSize + extra;
        if (nextPosition > end) {
            return cut("a root");
        }
        id = bytes.id(position + 1);
        data = position + 1 + idSize;
        if (tag == Tags.ANDROID_ARRAY_WITHOUT_DATA) {
            length = 0;
            elementType = Tags.BYTE;
        }
        return true;
    }

    private int rootExtra() {
        return switch (tag) {
            case Tags.ROOT_UNKNOWN, Tags.ROOT_STICKY_CLASS, Tags.ROOT_MONITOR -> 0;
            case Tags.ROOT_JNI_GLOBAL -> idSize;
            case Tags.ROOT_NATIVE_STACK, Tags.ROOT_THREAD_BLOCK -> 4;
            case Tags.ROOT_JNI_LOCAL, Tags.ROOT_JAVA_FRAME, Tags.ROOT_THREAD -> 8;
            case Tags.ANDROID_INTERNED_STRING,
                    Tags.ANDROID_FINALIZING,
                    Tags.ANDROID_DEBUGGER,
                    Tags.ANDROID_REFERENCE_CLEANUP,
                    Tags.ANDROID_VM_INTERNAL,
                    Tags.ANDROID_UNREACHABLE -> 0;
            case Tags.ANDROID_JNI_MONITOR -> 8;
            case Tags.ANDROID_INFO -> 4;
            case Tags.ANDROID_ARRAY_WITHOUT_DATA -> 9;
            default -> -1;
        };
    }

    private boolean cut(String what) {
        return damaged(what + ", found the end at byte " + end);
    }

    private boolean damaged(String expectedAndFound) {
        damage = expectedAndFound;
        return false;
    }

    /// Empty while all is well; else "expected …" without the first word.
    public String damage() {
        return damage;
    }

    public int tag() {
        return tag;
    }

    /// Where the sub-record's tag lies.
    public long position() {
        return position;
    }

    /// Where the next sub-record starts.
    public long nextPosition() {
        return nextPosition;
    }

    public long id() {
        return id;
    }

    public long classId() {
        return classId;
    }

    /// Elements of an array, or bytes of an instance's fields.
    public int length() {
        return length;
    }

    public int elementType() {
        return elementType;
    }

    /// Where the values start.
    public long data() {
        return data;
    }
}
