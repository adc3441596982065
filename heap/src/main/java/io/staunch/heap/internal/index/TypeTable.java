package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All classes of a dump, numbered from 0. Classes that objects name but the dump does not describe are added as
/// unknown ones. Written by one thread or under its own lock; reading the type of an id is lock-free once linked.
public final class TypeTable {
    private static final int FIRST_PRIMITIVE = Tags.BOOLEAN;
    private static final int DEEPEST_HIERARCHY = 200;
    private static final int LAST_PRIMITIVE = Tags.LONG;
    private static final long UNKNOWN_ID = -100;

    /// Classes without a description get a type each, up to this many.
    public static final int MOST_UNKNOWN = 1 << 12;

    private final DumpBytes bytes;
    private final Outline outline;
    private final List<TypeInfo> types = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private final Map<Long, TypeInfo> byClassId = new HashMap<>();
    private final TypeInfo[] primitiveArrays = new TypeInfo[LAST_PRIMITIVE + 1];
    private volatile TypeIndex lookUp = new TypeIndex(Map.of());
    private @Nullable TypeInfo classType;
    private int unknownClasses;

    public TypeTable(DumpBytes bytes, Outline outline) {
        this.bytes = bytes;
        this.outline = outline;
    }

    /// Adds the class that a CLASS_DUMP record at this position describes.
    public synchronized void add(long position) {
        TypeInfo.Parsed parsed = ClassRecord.parse(bytes, outline, position);
        if (!byClassId.containsKey(parsed.classId())) {
            put(parsed);
            positions.add(position);
        }
    }

    /// Where the classes' descriptions lie in the dump, by number; adding them again in this order gives the same
    /// table.
    synchronized List<Long> positions() {
        return List.copyOf(positions);
    }

    /// Whether the dump describes all classes of its objects.
    synchronized boolean isComplete() {
        return unknownClasses == 0;
    }

    private TypeInfo put(TypeInfo.Parsed parsed) {
        TypeInfo type = new TypeInfo(types.size(), parsed);
        types.add(type);
        byClassId.put(parsed.classId(), type);
        return type;
    }

    /// Ties superclasses and class objects together; call once after the last [#add].
    public synchronized void link(ObjectIds ids) {
        Map<String, TypeInfo> arrays = new HashMap<>();
        for (TypeInfo type : types) {
            type.link(superOf(type), type.classId() == 0 ? -1 : ids.indexOf(type.classId()));
            if (type.kind() == TypeInfo.Kind.PRIMITIVE_ARRAY) {
                arrays.putIfAbsent(type.name(), type);
            }
            if (type.name().equals("java.lang.Class") && classType == null) {
                classType = type;
            }
        }
        for (int element = FIRST_PRIMITIVE; element <= LAST_PRIMITIVE; element++) {
            String name = Tags.primitiveName(element) + "[]";
            TypeInfo known = arrays.get(name);
            primitiveArrays[element] =
                    known != null ? known : put(TypeInfo.Parsed.primitiveArray(-element, name, element));
        }
        if (classType == null) {
            classType = put(TypeInfo.Parsed.unknown(-1, "java.lang.Class"));
        }
        lookUp = new TypeIndex(byClassId);
    }

    /// Marks the classes that are never unloaded; call once after [#link].
    synchronized void markPermanent(Set<Long> stickyClasses) {
        Set<Long> loaders = builtInLoaders();
        for (TypeInfo type : types) {
            boolean builtIn = !type.isHidden() && loaders.contains(type.loaderId());
            if (builtIn || stickyClasses.contains(type.classId())) {
                type.makePermanent();
            }
        }
    }

    /// Ids of the platform and the application class loader, from the static fields in which the JDK keeps them.
    public synchronized Set<Long> builtInLoaders() {
        Set<Long> loaders = new HashSet<>();
        for (TypeInfo type : types) {
            if (type.name().equals("jdk.internal.loader.ClassLoaders")
                    || type.name().equals("java.lang.ClassLoader")) {
                for (FieldInfo field : type.statics()) {
                    if (field.isReference()
                            && (field.name().endsWith("_LOADER") || field.name().equals("scl"))) {
                        loaders.add(bytes.id(field.offset()));
                    }
                }
            }
        }
        loaders.remove(0L);
        return loaders;
    }

    /// The superclass; none when following them would never end, as in a damaged dump.
    private @Nullable TypeInfo superOf(TypeInfo type) {
        TypeInfo at = byClassId.get(type.superId());
        for (int steps = 0; at != null && steps < DEEPEST_HIERARCHY; steps++) {
            at = byClassId.get(at.superId());
        }
        return at == null ? byClassId.get(type.superId()) : null;
    }

    /// The type whose class object has this id.
    public TypeInfo ofClass(long classId) {
        TypeInfo known = lookUp.find(classId);
        return known != null ? known : unknown(classId);
    }

    /// A type for a class without a description; one for all of them when a damaged dump names too many.
    private synchronized TypeInfo unknown(long classId) {
        TypeInfo known = byClassId.get(classId);
        if (known != null) {
            return known;
        }
        if (++unknownClasses >= MOST_UNKNOWN) {
            return lastUnknown();
        }
        TypeInfo added = put(TypeInfo.Parsed.unknown(classId, outline.className(classId)));
        lookUp = new TypeIndex(byClassId);
        return added;
    }

    private TypeInfo lastUnknown() {
        TypeInfo known = byClassId.get(UNKNOWN_ID);
        return known != null ? known : put(TypeInfo.Parsed.unknown(UNKNOWN_ID, "unknown class"));
    }

    /// The type whose class object has this id, when the dump describes it.
    public synchronized @Nullable TypeInfo described(long classId) {
        return byClassId.get(classId);
    }

    /// The type of arrays of a primitive.
    public TypeInfo ofPrimitiveArray(int elementType) {
        return primitiveArrays[elementType];
    }

    /// java.lang.Class.
    public TypeInfo classType() {
        if (classType == null) {
            throw new IllegalStateException("expected a linked type table");
        }
        return classType;
    }

    public synchronized TypeInfo get(int number) {
        return types.get(number);
    }

    public synchronized int size() {
        return types.size();
    }

    /// All types, by number.
    public synchronized List<TypeInfo> all() {
        return List.copyOf(types);
    }
}
