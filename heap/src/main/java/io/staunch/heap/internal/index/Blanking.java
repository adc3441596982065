package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.bytes.SubRecords;
import io.staunch.heap.internal.bytes.Tags;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Blanks the values of a dump in place. Two passes: classes first, then everything.
public final class Blanking {
    private final MemorySegment writable;
    private final DumpBytes bytes;
    private final Outline outline;
    private final TypeTable types;
    private long blanked;

    /// `writable` is the copy to be blanked.
    public Blanking(Path file, MemorySegment writable) throws IOException {
        this.writable = writable;
        this.bytes = DumpBytes.of(file, writable);
        this.outline = Outline.read(bytes);
        this.types = new TypeTable(bytes, outline);
    }

    /// Returns how many bytes of the file are sound; what follows must be cut off.
    public long run() {
        for (Outline.Stretch stretch : outline.heap()) {
            SubRecords at = new SubRecords(bytes, stretch.start(), stretch.end());
            while (at.next()) {
                if (at.tag() == Tags.CLASS_DUMP) {
                    types.add(at.position());
                }
            }
        }
        types.link(new SortedIds(new long[0]));
        for (Outline.Stretch stretch : outline.heap()) {
            stretch(stretch);
        }
        names();
        return outline.soundEnd();
    }

    public long blankedBytes() {
        return blanked;
    }

    private void stretch(Outline.Stretch stretch) {
        SubRecords at = new SubRecords(bytes, stretch.start(), stretch.end());
        while (at.next()) {
            switch (at.tag()) {
                case Tags.INSTANCE -> instance(at);
                case Tags.PRIMITIVE_ARRAY -> blank(at.data(), at.nextPosition() - at.data());
                case Tags.CLASS_DUMP -> statics(at);
                default -> {}
            }
        }
        if (!at.damage().isEmpty()) {
            blank(at.position(), Math.min(stretch.end(), bytes.end()) - at.position());
        }
    }

    private void instance(SubRecords at) {
        long field = at.data();
        for (TypeInfo type = types.described(at.classId()); type != null; type = type.superType()) {
            for (FieldInfo one : type.fields()) {
                int width = Math.max(0, Tags.width(one.basicType(), bytes.idSize()));
                if (!one.isReference() && field + width <= at.nextPosition()) {
                    blank(field, width);
                }
                field += width;
            }
        }
        if (field < at.nextPosition()) {
            blank(field, at.nextPosition() - field);
        }
    }

    private void statics(SubRecords at) {
        TypeInfo type = types.described(at.id());
        if (type != null) {
            for (FieldInfo field : type.statics()) {
                if (!field.isReference()) {
                    blank(field.offset(), Tags.width(field.basicType(), bytes.idSize()));
                }
            }
        }
    }

    /// Names that belong to no class, field or method may be anything that the program's constants hold.
    private void names() {
        Set<Long> used = new HashSet<>(outline.namesInUse());
        types.all().forEach(type -> used.addAll(type.fieldNames()));
        outline.eachString((id, start, length) -> {
            if (!used.contains(id)) {
                writable.asSlice(start, length).fill((byte) '?');
                blanked += length;
            }
        });
    }

    private void blank(long position, long length) {
        writable.asSlice(position, length).fill((byte) 0);
        blanked += length;
    }
}
