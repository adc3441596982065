package io.staunch.heap.internal.index;

/// All object ids of a dump, in ascending order: an object's index is the rank of its id.
/// Immutable once built, so safe for use by several threads.
public sealed interface ObjectIds permits BitmapIds, SortedIds {
    /// Number of ids; indices run from 0 up to and without it.
    int size();

    /// The index of an id, -1 when no object has it.
    int indexOf(long id);

    /// The id at an index.
    long idOf(int index);

    /// Distance from this id to the next larger one: an upper bound of the object's size in the heap, in bytes.
    /// [Long#MAX_VALUE] behind the last one.
    long gapAfter(long id);
}
