package io.staunch.diagnose.review;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of a jar that rules are about, and everything that its methods do with what they hold.
final class FieldTracking {
    private static final Set<String> SINGLETONS = Set.of(
            "Lorg/springframework/stereotype/Component;",
            "Lorg/springframework/stereotype/Service;",
            "Lorg/springframework/stereotype/Repository;",
            "Lorg/springframework/stereotype/Controller;",
            "Lorg/springframework/web/bind/annotation/RestController;",
            "Lorg/springframework/web/bind/annotation/ControllerAdvice;",
            "Lorg/springframework/context/annotation/Configuration;",
            "Ljakarta/inject/Singleton;",
            "Ljavax/inject/Singleton;",
            "Lcom/google/inject/Singleton;",
            "Ljakarta/ejb/Singleton;",
            "Ljavax/ejb/Singleton;",
            "Ljakarta/enterprise/context/ApplicationScoped;",
            "Ljavax/enterprise/context/ApplicationScoped;",
            "Ljakarta/servlet/annotation/WebServlet;",
            "Ljavax/servlet/annotation/WebServlet;");
    private static final Set<String> SCOPES = Set.of(
            "Lorg/springframework/context/annotation/Scope;",
            "Lorg/springframework/web/context/annotation/RequestScope;",
            "Lorg/springframework/web/context/annotation/SessionScope;");

    private final UnitClasses classes;
    private final Map<TrackedField.Name, TrackedField> fields = new LinkedHashMap<>();
    private final Map<TrackedField.Name, List<CollectionUse>> uses = new LinkedHashMap<>();

    FieldTracking(UnitClasses classes) {
        this.classes = classes;
        for (ClassModel type : classes.all()) {
            boolean singleton = isSingleton(type);
            for (FieldModel field : type.fields()) {
                track(new TrackedField(type, field, singleton || field.flags().has(AccessFlag.STATIC)));
            }
        }
    }

    private void track(TrackedField field) {
        boolean collection = GrowingCollectionRule.isCollection(classes, field.type());
        boolean hidden = field.isHidden() && collection && field.isForLife();
        boolean threadLocal = field.isStatic() && field.isHidden() && ThreadLocalRule.isThreadLocal(field.type());
        boolean listeners = !field.isForLife() && field.isHidden() && collection && ListenerRule.isAbout(field);
        if (hidden || threadLocal || listeners) {
            fields.put(field.name(), field);
        }
    }

    List<TrackedField> fields() {
        return List.copyOf(fields.values());
    }

    List<CollectionUse> uses(TrackedField field) {
        return uses.getOrDefault(field.name(), List.of());
    }

    /// Whether the step reads or assigns one of the fields.
    boolean isWorthALook(MethodCode code, int step) {
        return field(code, step).isPresent();
    }

    private Optional<TrackedField> field(MethodCode code, int step) {
        return code.step(step) instanceof FieldInstruction used
                ? Optional.ofNullable(fields.get(new TrackedField.Name(
                        used.owner().asInternalName(), used.name().stringValue())))
                : Optional.empty();
    }

    /// Takes in what a method does with them.
    ///
    /// @param statics what runs only while the class is made
    /// @param objects what runs only while the class or an object is made
    void add(Flow flow, Beginnings statics, Beginnings objects) {
        for (int step = 0; step < flow.code().size(); step++) {
            Optional<TrackedField> field = flow.isReached(step) ? field(flow.code(), step) : Optional.empty();
            if (field.isPresent()) {
                MethodModel method = flow.code().method();
                boolean own = field.get().owner() == flow.code().type();
                boolean initial = own && (field.get().isStatic() ? statics : objects).isInitial(method);
                uses.computeIfAbsent(field.get().name(), _ -> new ArrayList<>()).addAll(usesAt(flow, step, initial));
            }
        }
    }

    private List<CollectionUse> usesAt(Flow flow, int step, boolean initial) {
        Opcode opcode = flow.code().step(step).opcode();
        if (opcode == Opcode.GETSTATIC || opcode == Opcode.GETFIELD) {
            return CollectionUses.of(flow, classes, step, initial);
        }
        Value assigned = flow.operands(step).getLast();
        List<CollectionUse> found = new ArrayList<>();
        found.add(new CollectionUse(flow, step, CollectionUse.Kind.ASSIGNS, initial, assigned));
        for (int origin : assigned.origins()) {
            // what else the method does with what it put there
            CollectionUses.of(flow, classes, origin, initial).stream()
                    .filter(use -> use.step() != step && !isWrapped(flow, use, assigned))
                    .forEach(found::add);
        }
        return found;
    }

    /// Whether the use is the call that made what was assigned, of what it wraps.
    private static boolean isWrapped(Flow flow, CollectionUse use, Value assigned) {
        return assigned.has(use.step()) || flow.code().step(use.step()) instanceof FieldInstruction;
    }

    private static boolean isSingleton(ClassModel type) {
        List<String> annotations = type.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(all -> all.annotations().stream())
                .map(annotation -> annotation.className().stringValue())
                .toList();
        boolean scoped = annotations.stream().anyMatch(SCOPES::contains);
        return (!scoped && annotations.stream().anyMatch(SINGLETONS::contains))
                || type.flags().has(AccessFlag.ENUM)
                || isTheOnlyOne(type);
    }

    /// A class that only itself can make objects of, and keeps one in a static final field.
    private static boolean isTheOnlyOne(ClassModel type) {
        boolean closed = type.methods().stream()
                .filter(method -> method.methodName().equalsString("<init>"))
                .allMatch(method -> method.flags().has(AccessFlag.PRIVATE));
        long kept = type.fields().stream()
                .filter(field ->
                        field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL))
                .filter(field -> Call.internalName(field.fieldTypeSymbol())
                        .equals(type.thisClass().asInternalName()))
                .count();
        return closed && kept == 1;
    }
}
