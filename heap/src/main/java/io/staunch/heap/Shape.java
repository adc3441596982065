package io.staunch.heap;

/// Leaks that are known by their looks.
public enum Shape {
    SESSIONS("sessions that are never removed"),
    CONNECTIONS("connections that are never closed"),
    STATEMENTS("statements that are never closed"),
    THREADS("threads that pile up"),
    THREAD_LOCALS("values bound to threads"),
    CLASSES("classes made at run time"),
    CLASS_LOADERS("class loaders that can't go"),
    DELETE_ON_EXIT("files registered for deletion at exit"),
    LISTENERS("listeners that are never deregistered"),
    TIMERS("timers and scheduled tasks"),
    CACHE("a cache without bound"),
    DIRECT_BUFFERS("direct buffers that stay held"),
    FINALIZERS("objects that wait for their finalizer"),
    DUPLICATE_STRINGS("equal strings, many times"),
    INTERNED_STRINGS("interned strings"),
    EMPTY_COLLECTIONS("collections without elements"),
    SPARSE_COLLECTIONS("collections with much room left"),
    OTHER("objects that pile up");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    /// The shape in words, as part of a sentence.
    public String words() {
        return words;
    }
}
