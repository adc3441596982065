package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.Tags;
import java.util.ArrayList;
import java.util.List;

/// Reads one CLASS_DUMP record, whose bounds have been checked by the cursor that found it.
final class ClassRecord {
    private ClassRecord() {}

    static TypeInfo.Parsed parse(DumpBytes bytes, Outline outline, long position) {
        int id = bytes.idSize();
        long classId = bytes.id(position + 1);
        long links = position + 5 + id;
        long at = links + 6L * id;
        int instanceBytes = bytes.s4(at);
        at += 4;
        int constants = bytes.u2(at);
        at += 2;
        for (int i = 0; i < constants; i++) {
            at += 3 + Tags.width(bytes.u1(at + 2), id);
        }
        List<FieldInfo> statics = new ArrayList<>();
        int staticCount = bytes.u2(at);
        at += 2;
        for (int i = 0; i < staticCount; i++) {
            int type = bytes.u1(at + id);
            statics.add(new FieldInfo(outline.string(bytes.id(at)), bytes.id(at), type, at + id + 1));
            at += id + 1 + Tags.width(type, id);
        }
        List<FieldInfo> fields = new ArrayList<>();
        int fieldCount = bytes.u2(at);
        at += 2;
        long offset = 0;
        for (int i = 0; i < fieldCount; i++) {
            int type = bytes.u1(at + id);
            fields.add(new FieldInfo(outline.string(bytes.id(at)), bytes.id(at), type, offset));
            offset += Math.max(0, Tags.width(type, id));
            at += id + 1;
        }
        String name = outline.className(classId);
        return new TypeInfo.Parsed(
                classId,
                name,
                kind(name),
                elementType(name),
                bytes.id(links),
                bytes.id(links + id),
                bytes.id(links + 3L * id),
                instanceBytes,
                List.copyOf(fields),
                List.copyOf(statics));
    }

    private static TypeInfo.Kind kind(String name) {
        if (!name.endsWith("[]")) {
            return TypeInfo.Kind.INSTANCES;
        }
        return elementType(name) == 0 ? TypeInfo.Kind.OBJECT_ARRAY : TypeInfo.Kind.PRIMITIVE_ARRAY;
    }

    private static int elementType(String name) {
        for (int element = Tags.BOOLEAN; element <= Tags.LONG; element++) {
            if (name.equals(Tags.primitiveName(element) + "[]")) {
                return element;
            }
        }
        return 0;
    }
}
