package io.staunch.heap.internal.bytes;

/// Class names: from the JVM's form in dumps to Java's.
public final class TypeNames {
    private TypeNames() {}

    /// `[Ljava/lang/String;` becomes `java.lang.String[]`, `[[I` becomes `int[][]`.
    public static String fromInternal(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = name.substring(dimensions);
        if (dimensions > 0) {
            element = elementName(element);
        }
        return dotted(element) + "[]".repeat(dimensions);
    }

    private static String elementName(String element) {
        if (element.startsWith("L") && element.endsWith(";")) {
            return element.substring(1, element.length() - 1);
        }
        return switch (element) {
            case "Z" -> "boolean";
            case "B" -> "byte";
            case "C" -> "char";
            case "S" -> "short";
            case "I" -> "int";
            case "J" -> "long";
            case "F" -> "float";
            case "D" -> "double";
            default -> element;
        };
    }

    /// Slashes become dots, but the one before a hidden class's address stays: `Driver$$Lambda/0x0123`.
    private static String dotted(String name) {
        String plain = name.replace('+', '/');
        int hidden = plain.lastIndexOf("/0x");
        return hidden < 0
                ? plain.replace('/', '.')
                : plain.substring(0, hidden).replace('/', '.') + plain.substring(hidden);
    }
}
