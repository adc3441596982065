package io.staunch.heap.internal.index;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A class of the dump: its name, declared fields and place in the hierarchy. `number` is its place in the
/// [TypeTable]; `classId` the id of its java.lang.Class object, 0 when the dump has none.
public final class TypeInfo {
    /// How objects of a type are stored.
    public enum Kind {
        INSTANCES,
        OBJECT_ARRAY,
        PRIMITIVE_ARRAY
    }

    private final int number;
    private final long classId;
    private final String name;
    private final Kind kind;
    private final int elementType;
    private final long superId;
    private final long loaderId;
    private final long domainId;
    private final int dumpedBytes;
    private final List<FieldInfo> fields;
    private final List<FieldInfo> statics;
    private @Nullable TypeInfo superType;
    private int classIndex = -1;
    private boolean permanent;

    TypeInfo(int number, Parsed parsed) {
        this.number = number;
        this.classId = parsed.classId();
        this.name = parsed.name();
        this.kind = parsed.kind();
        this.elementType = parsed.elementType();
        this.superId = parsed.superId();
        this.loaderId = parsed.loaderId();
        this.domainId = parsed.domainId();
        this.dumpedBytes = parsed.dumpedBytes();
        this.fields = parsed.fields();
        this.statics = parsed.statics();
    }

    /// What a CLASS_DUMP record says.
    record Parsed(
            long classId,
            String name,
            Kind kind,
            int elementType,
            long superId,
            long loaderId,
            long domainId,
            int dumpedBytes,
            List<FieldInfo> fields,
            List<FieldInfo> statics) {
        static Parsed unknown(long classId, String name) {
            return new Parsed(classId, name, Kind.INSTANCES, 0, 0, 0, 0, 0, List.of(), List.of());
        }

        static Parsed primitiveArray(long classId, String name, int elementType) {
            return new Parsed(classId, name, Kind.PRIMITIVE_ARRAY, elementType, 0, 0, 0, 0, List.of(), List.of());
        }
    }

    void link(@Nullable TypeInfo superType, int classIndex) {
        this.superType = superType;
        this.classIndex = classIndex;
    }

    void makePermanent() {
        permanent = true;
    }

    /// Whether the class can never be unloaded: the dump lists it as a root, or one of the JDK's own loaders defined it
    /// under a name of its own.
    public boolean isPermanent() {
        return permanent;
    }

    public int number() {
        return number;
    }

    public long classId() {
        return classId;
    }

    /// As Java source writes it.
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /// The basic type of a primitive array's elements.
    public int elementType() {
        return elementType;
    }

    long superId() {
        return superId;
    }

    /// Id of the defining class loader; 0 for the boot loader.
    public long loaderId() {
        return loaderId;
    }

    /// Id of the protection domain; 0 when it has none.
    public long domainId() {
        return domainId;
    }

    /// Bytes of an instance's values in the dump, superclasses included.
    public int dumpedBytes() {
        return dumpedBytes;
    }

    /// Instance fields that this class itself declares.
    public List<FieldInfo> fields() {
        return fields;
    }

    public List<FieldInfo> statics() {
        return statics;
    }

    /// Ids of the names of all fields that this class declares.
    List<Long> fieldNames() {
        return Stream.concat(fields.stream(), statics.stream())
                .map(FieldInfo::nameId)
                .toList();
    }

    public @Nullable TypeInfo superType() {
        return superType;
    }

    /// Index of the java.lang.Class object; -1 when the dump has none.
    public int classIndex() {
        return classIndex;
    }

    /// Whether this is the named class or a subclass of it.
    public boolean isA(String ancestor) {
        for (TypeInfo at = this; at != null; at = at.superType) {
            if (at.name.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the JVM made it at run time without a name of its own (lambda forms, hidden classes).
    public boolean isHidden() {
        return name.contains("/0x");
    }

    @Override
    public String toString() {
        return name;
    }
}
