package io.staunch.collect;

import java.util.regex.Pattern;

/// Names of types as Java source writes them, from the names that a virtual machine uses.
///
/// Names of generated classes carry an address, a counter or a hash that says nothing and differs from one run to the
/// next; it is dropped, so that all lambdas of one class, all proxies that one generator made for one class, count as
/// one type: `Foo$$Lambda/0x00007f…` and `Foo$$Lambda$14/0x…` are `Foo$$Lambda`, `Foo$$EnhancerByCGLIB$$1a2b3c` is
/// `Foo$$EnhancerByCGLIB`.
final class TypeNames {
    private static final Pattern HIDDEN = Pattern.compile("[/+]0x[0-9a-f]+$");
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda\\$\\d+$");
    private static final Pattern GENERATOR = Pattern.compile("(\\$\\$[A-Za-z][A-Za-z0-9]*)\\$\\$[0-9a-f]+(_\\d+)?$");
    private static final Pattern PROXY = Pattern.compile("((?:^|\\.)\\$Proxy)\\d+$");
    private static final Pattern ACCESSOR =
            Pattern.compile("(\\.Generated(?:Serialization)?(?:Method|Constructor)Accessor)\\d+$");
    private static final Pattern BYTE_BUDDY = Pattern.compile("(\\$(?:ByteBuddy|HibernateProxy|MockitoMock))\\$\\w+$");

    private TypeNames() {}

    /// From a class histogram's notation: `[B`, `[Ljava.lang.String;`, `com.shop.Cart$Line`.
    static String ofVm(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = name.substring(dimensions);
        if (dimensions > 0) {
            element = element.length() == 1 ? primitive(element) : elementClass(element);
        }
        return withoutGeneratedPart(element) + "[]".repeat(dimensions);
    }

    private static String elementClass(String descriptor) {
        return descriptor.startsWith("L") && descriptor.endsWith(";")
                ? descriptor.substring(1, descriptor.length() - 1)
                : descriptor;
    }

    private static String primitive(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> descriptor;
        };
    }

    private static String withoutGeneratedPart(String name) {
        if (name.indexOf('$') < 0 && name.indexOf("0x") < 0 && !name.contains(".Generated")) {
            return name;
        }
        String visible = HIDDEN.matcher(name).replaceFirst("");
        visible = LAMBDA.matcher(visible).replaceFirst("\\$\\$Lambda");
        visible = GENERATOR.matcher(visible).replaceFirst("$1");
        visible = PROXY.matcher(visible).replaceFirst("$1");
        visible = ACCESSOR.matcher(visible).replaceFirst("$1");
        return BYTE_BUDDY.matcher(visible).replaceFirst("$1");
    }
}
