package io.staunch.diagnose;

/// A recognised way of leaking, for the sentence that explains it.
public enum Shape {
    OBJECTS("objects pile up on the heap"),
    THREADS("threads are started and never end"),
    CLASSES("classes are generated or loaded and never unloaded"),
    DELETE_ON_EXIT("files are registered for deletion at exit, and the names stay until then"),
    DIRECT_MEMORY("direct buffers are allocated outside the heap and never released"),
    NATIVE_MEMORY("native memory grows that neither the heap nor buffers nor classes explain"),
    SESSIONS("sessions are opened and never removed"),
    CONNECTIONS("connections are taken and never given back"),
    STATEMENTS("database statements are opened and never closed"),
    SCHEDULED_TASKS("scheduled tasks stay in their queue"),
    THREAD_LOCALS("values of threads stay after their use");

    private final String sentence;

    Shape(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
