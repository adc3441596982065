package io.staunch.diagnose.review;

import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.util.Optional;
import java.util.Set;

/// What is known of the kind of a value: its type, whether there are only so many of it, whether it is a new one each
/// time.
final class Kinds {
    private static final Set<String> FINITE = Set.of(
            "Z",
            "B",
            "C",
            "S",
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Class",
            "java/lang/ClassLoader",
            "java/lang/Module",
            "java/lang/Package",
            "java/lang/reflect/Method",
            "java/lang/reflect/Field",
            "java/lang/reflect/Constructor",
            "java/lang/reflect/Executable",
            "java/lang/reflect/Type",
            "java/nio/charset/Charset",
            "java/util/Locale",
            "java/util/Currency",
            "java/time/ZoneId",
            "java/util/TimeZone");

    private final UnitClasses classes;

    Kinds(UnitClasses classes) {
        this.classes = classes;
    }

    /// Whether there can only be so many: enum constants, classes and their members, and the like.
    boolean isFinite(String type) {
        return FINITE.contains(type) || classes.isEnum(type);
    }

    /// Whether all that it can be is a constant, or one of a kind of which there are only so many.
    boolean isFinite(Flow flow, Value value) {
        for (int origin : value.origins()) {
            if (!isFinite(flow, origin)) {
                return false;
            }
        }
        return value.origins().length > 0;
    }

    private boolean isFinite(Flow flow, int origin) {
        if (origin >= 0 && flow.code().step(origin) instanceof ConstantInstruction) {
            return true;
        }
        if (typeOf(flow, origin).filter(this::isFinite).isPresent()) {
            return true;
        }
        // the name of a class or of an enum's constant
        return origin >= 0
                && Call.of(flow.code().step(origin))
                        .filter(call -> !call.isStatic())
                        .filter(call -> isFinite(call.owner())
                                || isFinite(flow, flow.operands(origin).getFirst()))
                        .isPresent();
    }

    /// Whether it is an object that this method makes anew each time and that equals no other.
    boolean isFresh(Flow flow, Value value) {
        for (int origin : value.origins()) {
            Optional<String> made = madeAt(flow, origin);
            boolean random = origin >= 0
                    && Call.of(flow.code().step(origin))
                            .filter(call -> call.is("java/util/UUID", "randomUUID"))
                            .isPresent();
            if (!random && made.filter(classes::isToldByIdentity).isEmpty()) {
                return false;
            }
        }
        return value.origins().length > 0;
    }

    /// The class whose object is made by `new` there.
    Optional<String> madeAt(Flow flow, int origin) {
        return origin >= 0 && flow.code().step(origin) instanceof NewObjectInstruction made
                ? Optional.of(made.className().asInternalName())
                : Optional.empty();
    }

    /// Whether the constructor that makes it has a parameter of this type.
    boolean constructorTakes(Flow flow, int origin, String type) {
        return flow.uses(origin).stream()
                .filter(use -> use.operand() == 0)
                .flatMap(use -> Call.of(flow.code().step(use.step())).stream())
                .filter(Call::isConstructor)
                .anyMatch(call -> call.type().parameterList().stream()
                        .anyMatch(parameter -> Call.internalName(parameter).equals(type)));
    }

    /// The declared type of what a step or parameter gives, with slashes; a primitive's or array's descriptor.
    Optional<String> typeOf(Flow flow, int origin) {
        if (origin < 0) {
            return parameter(flow.code(), -1 - origin);
        }
        return switch (flow.code().step(origin)) {
            case NewObjectInstruction made -> Optional.of(made.className().asInternalName());
            case FieldInstruction field -> Optional.of(Call.internalName(field.typeSymbol()));
            default -> Call.of(flow.code().step(origin)).map(Call::returns);
        };
    }

    private static Optional<String> parameter(MethodCode code, int slot) {
        int at = 0;
        if (!code.isStatic()) {
            if (slot == 0) {
                return Optional.of(code.type().thisClass().asInternalName());
            }
            at = 1;
        }
        for (ClassDesc type : code.method().methodTypeSymbol().parameterList()) {
            if (at == slot) {
                return Optional.of(Call.internalName(type));
            }
            at += TypeKind.from(type).slotSize();
        }
        return Optional.empty();
    }
}
