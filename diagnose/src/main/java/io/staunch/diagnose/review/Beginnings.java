package io.staunch.diagnose.review;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The methods of a class that run only while the class or an object of it is made: its initializers, and private
/// methods that nothing but those calls.
final class Beginnings {
    private final Map<String, Set<String>> callers = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> initial;
    private final boolean withObjects;

    /// @param initializers `<clinit>`, and `<init>` if objects count too
    Beginnings(ClassModel type, Set<String> initializers) {
        initial = new HashSet<>();
        withObjects = initializers.contains("<init>");
        for (MethodModel method : type.methods()) {
            String key = key(method);
            if (initializers.contains(method.methodName().stringValue())) {
                initial.add(key);
            } else if (method.flags().has(AccessFlag.PRIVATE)) {
                hidden.add(key);
            }
            method.code().ifPresent(code -> code.elementList().forEach(element -> call(type, key, element)));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (String method : hidden) {
                Set<String> by = callers.getOrDefault(method, Set.of());
                if (!by.isEmpty() && initial.containsAll(by)) {
                    more |= initial.add(method);
                }
            }
        }
    }

    boolean isInitial(MethodModel method) {
        return initial.contains(key(method));
    }

    private void call(ClassModel type, String caller, CodeElement element) {
        if (element instanceof InvokeInstruction call && call.owner().equals(type.thisClass())) {
            String called = call.name().stringValue() + call.type().stringValue();
            callers.computeIfAbsent(called, _ -> new HashSet<>()).add(caller);
        } else if (element instanceof InvokeDynamicInstruction made) {
            // while a class is made, lambdas run at once, such as in forEach; an object's may be kept and run later
            made.bootstrapArgs().stream()
                    .filter(DirectMethodHandleDesc.class::isInstance)
                    .map(DirectMethodHandleDesc.class::cast)
                    .forEach(handle -> callers.computeIfAbsent(
                                    handle.methodName() + handle.lookupDescriptor(), _ -> new HashSet<>())
                            .add(withObjects ? "a lambda" : caller));
        }
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }
}
