package io.staunch.diagnose.review;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/// A call as the class file has it.
///
/// @param owner the class that it names, with slashes
record Call(String owner, String name, MethodTypeDesc type, boolean isStatic) {
    static Optional<Call> of(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                ? Optional.of(new Call(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.typeSymbol(),
                        call.opcode() == Opcode.INVOKESTATIC))
                : Optional.empty();
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    /// Whether it is that method, whatever its parameters.
    boolean is(String thatOwner, String thatName) {
        return owner.equals(thatOwner) && name.equals(thatName);
    }

    /// The class that it returns, with slashes; a primitive type or an array as its descriptor.
    String returns() {
        return internalName(type.returnType());
    }

    /// The class of a parameter likewise; empty beyond the last.
    String parameter(int index) {
        return index < type.parameterCount() ? internalName(type.parameterType(index)) : "";
    }

    static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }
}
