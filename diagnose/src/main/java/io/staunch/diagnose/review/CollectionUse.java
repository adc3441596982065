package io.staunch.diagnose.review;

/// What one step does with the collection (or thread local) that a field holds.
///
/// @param initial whether it runs only while the class or the object is made
/// @param element the key or element that is put in; nothing where none is
record CollectionUse(Flow flow, int step, Kind kind, boolean initial, Value element) {
    enum Kind {
        ADDS,
        REMOVES,
        /// Asks for its size, perhaps to bound it.
        MEASURES,
        /// Gives it to somebody who may do anything with it.
        ESCAPES,
        ASSIGNS,
        READS
    }

    boolean is(Kind thatKind) {
        return kind == thatKind;
    }
}
