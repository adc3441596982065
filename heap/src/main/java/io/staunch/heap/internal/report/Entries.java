package io.staunch.heap.internal.report;

import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.regex.Pattern;

/// Tells the inner parts of collections from what is kept in them: an entry is named as one, or has a key and a value,
/// or an item and a link to the next.
final class Entries {
    private static final Pattern NAME =
            Pattern.compile(".*(?:Entry|Node|Cell|Bucket|Segment|Link|Element|Wrapper|Holder|Ref|Reference)(?:\\d*)$");

    private Entries() {}

    static boolean isEntry(TypeInfo type) {
        return type.kind() == TypeInfo.Kind.INSTANCES
                && (NAME.matcher(type.name()).matches() || hasFieldsOfOne(type));
    }

    private static boolean hasFieldsOfOne(TypeInfo type) {
        return hasKeyAndValue(type)
                || (hasReference(type, "next") && (hasReference(type, "item") || hasReference(type, "element")));
    }

    /// Whether a type has a field for a key and one for a value.
    static boolean hasKeyAndValue(TypeInfo type) {
        return hasReference(type, "key") && (hasReference(type, "value") || hasReference(type, "valueReference"));
    }

    /// Whether a type has a field for one thing that it holds.
    static boolean holdsOne(TypeInfo type) {
        return hasReference(type, "value")
                || hasReference(type, "val")
                || hasReference(type, "item")
                || hasReference(type, "element");
    }

    /// Whether a type has a field that links it to the next of its like.
    static boolean isLinked(TypeInfo type) {
        return hasReference(type, "next")
                || hasReference(type, "left")
                || hasReference(type, "nextReference")
                || hasReference(type, "first");
    }

    private static boolean hasReference(TypeInfo type, String name) {
        for (TypeInfo at = type; at != null; at = at.superType()) {
            for (FieldInfo field : at.fields()) {
                if (field.isReference() && isNamed(field, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Some put an underscore before or after a field's name, and Scala's compiler the class before it, with two
    /// dollars.
    private static boolean isNamed(FieldInfo field, String name) {
        int expanded = field.name().lastIndexOf("$$");
        String found = expanded < 0 ? field.name() : field.name().substring(expanded + 2);
        return found.equals(name) || found.equals("_" + name) || found.equals(name + "_");
    }
}
