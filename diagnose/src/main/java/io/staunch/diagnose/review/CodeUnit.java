package io.staunch.diagnose.review;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.util.Optional;
import java.util.stream.Collectors;

/// Classes that are reviewed together: those of one jar or folder.
record CodeUnit(String source, Optional<String> library, UnitClasses classes) {
    ReviewFinding.CodeLeak leak(LeakRule rule, Confidence confidence, MethodCode code, int step, String what) {
        return new ReviewFinding.CodeLeak(
                source,
                library,
                rule,
                confidence,
                javaName(code.type().thisClass().asInternalName()),
                Optional.of(signature(code)),
                code.line(step),
                sourceFile(code.type()),
                what);
    }

    static String javaName(String internalName) {
        return internalName.replace('/', '.');
    }

    private static Optional<String> sourceFile(ClassModel type) {
        String name = type.thisClass().asInternalName();
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return type.findAttribute(Attributes.sourceFile())
                .map(file -> folder + file.sourceFile().stringValue());
    }

    /// `open(java.lang.String)`; a lambda by the method that it is written in.
    private static String signature(MethodCode code) {
        String name = code.name();
        if (name.startsWith("lambda$")) {
            String within = name.replaceFirst("lambda\\$(.*?)\\$\\d+$", "$1");
            return "a lambda in "
                    + within.replace("static", "the static initializer").replace("new", "the constructor");
        }
        return name
                + code.method().methodTypeSymbol().parameterList().stream()
                        .map(CodeUnit::written)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String written(ClassDesc type) {
        if (type.isArray()) {
            return written(type.componentType()) + "[]";
        }
        return type.isPrimitive() ? type.displayName() : javaName(Call.internalName(type));
    }
}
