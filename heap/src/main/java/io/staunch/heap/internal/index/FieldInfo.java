package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.Tags;

/// A field that a class declares. For an instance field `offset` counts bytes from the start of an instance's values
/// of this class's own part; for a static one it is the position of the value in the file. `nameId` is the name's id in
/// the dump.
public record FieldInfo(String name, long nameId, int basicType, long offset) {
    public boolean isReference() {
        return basicType == Tags.OBJECT;
    }
}
