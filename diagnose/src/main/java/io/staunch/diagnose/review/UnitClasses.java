package io.staunch.diagnose.review;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The classes that are reviewed together, and what is known of a type: from them, and of the JDK's own from the JDK
/// that this runs on. Other types are unknown. Names have slashes.
final class UnitClasses {
    private final Map<String, ClassModel> byName = new LinkedHashMap<>();
    private final Map<String, Optional<Class<?>>> platform = new HashMap<>();

    void add(ClassModel type) {
        byName.putIfAbsent(type.thisClass().asInternalName(), type);
    }

    Collection<ClassModel> all() {
        return byName.values();
    }

    /// Whether a type is known to be the other, or to extend or implement it.
    boolean isA(String type, String other) {
        return isA(type, other, 0);
    }

    private boolean isA(String type, String other, int depth) {
        if (type.equals(other)) {
            return true;
        }
        ClassModel known = byName.get(type);
        if (known == null) {
            return platform(type)
                    .flatMap(found -> platform(other).map(wanted -> wanted.isAssignableFrom(found)))
                    .orElse(false);
        }
        if (depth > byName.size()) {
            return false; // a class that extends itself
        }
        return known.superclass()
                        .map(above -> isA(above.asInternalName(), other, depth + 1))
                        .orElse(false)
                || known.interfaces().stream().anyMatch(above -> isA(above.asInternalName(), other, depth + 1));
    }

    boolean isEnum(String type) {
        ClassModel known = byName.get(type);
        return known == null
                ? platform(type).map(Class::isEnum).orElse(false)
                : known.flags().has(AccessFlag.ENUM)
                        || known.superclass()
                                .map(ClassEntry::asInternalName)
                                .filter("java/lang/Enum"::equals)
                                .isPresent();
    }

    /// Whether it is one of the classes here, and none that it extends defines `equals`.
    boolean isToldByIdentity(String type) {
        ClassModel known = byName.get(type);
        if (known == null) {
            return type.equals("java/lang/Object");
        }
        boolean defines = known.methods().stream()
                .anyMatch(method -> method.methodName().equalsString("equals")
                        && method.methodType().equalsString("(Ljava/lang/Object;)Z"));
        return !defines
                && known.superclass()
                        .map(ClassEntry::asInternalName)
                        .filter(above -> !above.equals(type) && isToldByIdentity(above))
                        .isPresent();
    }

    /// Whether an object of the type holds the object of the class around it.
    boolean hasOuterObject(String type) {
        ClassModel known = byName.get(type);
        return known != null
                && known.fields().stream()
                        .anyMatch(field -> field.fieldName().stringValue().startsWith("this$"));
    }

    /// Whether the class's constants name this method, as they must where it is called.
    boolean calls(ClassModel type, String owner, String method) {
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && member.name().equalsString(method)
                    && member.owner().asInternalName().equals(owner)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it is one of the JDK's.
    static boolean isPlatform(String type) {
        return type.startsWith("java/") || type.startsWith("javax/") || type.startsWith("jdk/");
    }

    private Optional<Class<?>> platform(String type) {
        return platform.computeIfAbsent(type, UnitClasses::load);
    }

    private static Optional<Class<?>> load(String type) {
        if (!isPlatform(type)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
