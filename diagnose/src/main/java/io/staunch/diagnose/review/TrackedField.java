package io.staunch.diagnose.review;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Signature;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/// A field whose uses can all be seen, because only classes of its own jar may use it.
///
/// @param isForLife whether what it holds lives as long as the process: it is static, or its object is a singleton
record TrackedField(ClassModel owner, FieldModel field, boolean isForLife) {
    /// How a class file names it.
    record Name(String owner, String field) {}

    Name name() {
        return new Name(owner.thisClass().asInternalName(), field.fieldName().stringValue());
    }

    String type() {
        return Call.internalName(field.fieldTypeSymbol());
    }

    String javaName() {
        return CodeUnit.javaName(name().owner()) + "." + name().field();
    }

    boolean isStatic() {
        return field.flags().has(AccessFlag.STATIC);
    }

    /// Whether no class beyond the jar can reach it.
    boolean isHidden() {
        return !field.flags().has(AccessFlag.PUBLIC) && !field.flags().has(AccessFlag.PROTECTED);
    }

    /// The class of its first type argument: of a map's key, of a list's element. Empty if it does not tell.
    Optional<String> firstTypeArgument() {
        return field.findAttribute(Attributes.signature())
                .map(signature -> signature.asTypeSignature())
                .flatMap(TrackedField::firstArgument);
    }

    private static Optional<String> firstArgument(Signature signature) {
        if (!(signature instanceof Signature.ClassTypeSig type)) {
            return Optional.empty();
        }
        List<Signature.TypeArg> arguments = type.typeArgs();
        return arguments.isEmpty() ? Optional.empty() : named(arguments.getFirst());
    }

    private static Optional<String> named(Signature.TypeArg argument) {
        return argument instanceof Signature.TypeArg.Bounded bounded
                        && bounded.boundType() instanceof Signature.ClassTypeSig type
                ? Optional.of(Call.internalName(type.classDesc()))
                : Optional.empty();
    }
}
