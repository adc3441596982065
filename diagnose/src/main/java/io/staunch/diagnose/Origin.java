package io.staunch.diagnose;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.HashSet;
import java.util.Set;

/// Where a type comes from, told by its package alone.
///
/// A type is the platform's own if its package belongs to a module of the Java runtime that runs *us*: the packages of
/// one runtime version are nearly those of the next, and nobody else may define classes in `java.*`. Packages that
/// left the platform (`javax.servlet` never was in it, `javax.xml.bind` left with 11) belong to libraries.
enum Origin {
    /// Application or library.
    OWN,
    /// The Java runtime's.
    PLATFORM;

    private static final Set<String> PLATFORM_PACKAGES = platformPackages();

    /// Of a type as Java source writes it; an array has its element's origin.
    static Origin of(String type) {
        String element = element(type);
        int dot = element.lastIndexOf('.');
        if (dot < 0) {
            return isPrimitive(element) ? PLATFORM : OWN;
        }
        String name = element.substring(0, dot);
        return PLATFORM_PACKAGES.contains(name) || name.startsWith("java.") ? PLATFORM : OWN;
    }

    static String element(String type) {
        int bracket = type.indexOf('[');
        return bracket < 0 ? type : type.substring(0, bracket);
    }

    private static boolean isPrimitive(String name) {
        return switch (name) {
            case "boolean", "byte", "char", "short", "int", "long", "float", "double" -> true;
            default -> false;
        };
    }

    private static Set<String> platformPackages() {
        Set<String> packages = new HashSet<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            packages.addAll(module.descriptor().packages());
        }
        return packages;
    }
}
