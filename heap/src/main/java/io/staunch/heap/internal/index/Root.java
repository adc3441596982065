package io.staunch.heap.internal.index;

/// A garbage-collection root as the dump lists it. `thread` is a thread's serial number and `frame` a depth in its
/// stack trace for the kinds that have them, else 0 and -1.
public record Root(long id, Kind kind, int thread, int frame) {
    /// Why an object is a root.
    public enum Kind {
        CLASS("class"),
        THREAD("thread"),
        STACK("stack frame"),
        JNI_LOCAL("JNI local"),
        JNI_GLOBAL("JNI global"),
        MONITOR("monitor"),
        THREAD_BLOCK("thread block"),
        INTERNED("interned string"),
        OTHER("other");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
