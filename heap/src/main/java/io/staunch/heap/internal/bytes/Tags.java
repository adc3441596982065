package io.staunch.heap.internal.bytes;

/// Record tags of HPROF 1.0.1 and 1.0.2, as HotSpot's heapDumper.cpp lists them, with the heap-dump sub-records
/// that Android adds.
public final class Tags {
    public static final int UTF8 = 0x01;
    public static final int LOAD_CLASS = 0x02;
    public static final int FRAME = 0x04;
    public static final int TRACE = 0x05;
    public static final int HEAP_DUMP = 0x0C;
    public static final int HEAP_DUMP_SEGMENT = 0x1C;
    public static final int HEAP_DUMP_END = 0x2C;

    public static final int ROOT_UNKNOWN = 0xFF;
    public static final int ROOT_JNI_GLOBAL = 0x01;
    public static final int ROOT_JNI_LOCAL = 0x02;
    public static final int ROOT_JAVA_FRAME = 0x03;
    public static final int ROOT_NATIVE_STACK = 0x04;
    public static final int ROOT_STICKY_CLASS = 0x05;
    public static final int ROOT_THREAD_BLOCK = 0x06;
    public static final int ROOT_MONITOR = 0x07;
    public static final int ROOT_THREAD = 0x08;
    public static final int CLASS_DUMP = 0x20;
    public static final int INSTANCE = 0x21;
    public static final int OBJECT_ARRAY = 0x22;
    public static final int PRIMITIVE_ARRAY = 0x23;

    static final int ANDROID_INTERNED_STRING = 0x89;
    static final int ANDROID_FINALIZING = 0x8A;
    static final int ANDROID_DEBUGGER = 0x8B;
    static final int ANDROID_REFERENCE_CLEANUP = 0x8C;
    static final int ANDROID_VM_INTERNAL = 0x8D;
    static final int ANDROID_JNI_MONITOR = 0x8E;
    static final int ANDROID_UNREACHABLE = 0x90;
    static final int ANDROID_ARRAY_WITHOUT_DATA = 0xC3;
    static final int ANDROID_INFO = 0xFE;

    public static final int OBJECT = 2;
    public static final int BOOLEAN = 4;
    public static final int CHAR = 5;
    public static final int FLOAT = 6;
    public static final int DOUBLE = 7;
    public static final int BYTE = 8;
    public static final int SHORT = 9;
    public static final int INT = 10;
    public static final int LONG = 11;

    private Tags() {}

    /// Bytes of a value of this basic type in the file; -1 when there is no such type.
    public static int width(int basicType, int idSize) {
        return switch (basicType) {
            case OBJECT -> idSize;
            case BOOLEAN, BYTE -> 1;
            case CHAR, SHORT -> 2;
            case FLOAT, INT -> 4;
            case DOUBLE, LONG -> 8;
            default -> -1;
        };
    }

    /// The Java name of a primitive basic type.
    public static String primitiveName(int basicType) {
        return switch (basicType) {
            case BOOLEAN -> "boolean";
            case BYTE -> "byte";
            case CHAR -> "char";
            case SHORT -> "short";
            case FLOAT -> "float";
            case INT -> "int";
            case DOUBLE -> "double";
            case LONG -> "long";
            default -> "unknown";
        };
    }
}
