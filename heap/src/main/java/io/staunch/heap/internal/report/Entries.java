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

    private static boolean hasReference(TypeInfo type, String name) {
        for (TypeInfo at = type; at != null; at = at.superType()) {
            for (FieldInfo field : at.fields()) {
                if (field.isReference() && field.name().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
