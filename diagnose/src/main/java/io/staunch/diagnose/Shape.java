package io.staunch.diagnose;

import java.util.Set;

/// A recognised way of leaking, for the sentence that explains it.
public enum Shape {
    OBJECTS("objects pile up on the heap"),
    THREADS("threads pile up, or what belongs to them"),
    CLASSES("classes are generated or loaded and never unloaded"),
    DELETE_ON_EXIT("files are registered for deletion at exit, and the names stay until then"),
    DIRECT_MEMORY("direct buffers are allocated outside the heap and never released"),
    NATIVE_MEMORY("native memory grows that neither the heap nor buffers nor classes explain"),
    SESSIONS("sessions are opened and never removed"),
    CONNECTIONS("connections are taken and never given back"),
    STATEMENTS("database statements are opened and never closed"),
    SCHEDULED_TASKS("scheduled tasks stay in their queue"),
    THREAD_LOCALS("values of threads stay after their use"),
    LISTENERS("listeners are registered and never removed"),
    CACHE("a cache without a bound fills"),
    FINALIZERS("objects wait for their finalizer faster than it runs"),
    CLIENT_BUFFERS("a client does not read as fast as the server answers, and what waits for it piles up"),
    SCRIPTS("scripts are sent with texts of their own each time, and the server keeps every one"),
    SERVER_MEMORY("memory of the server itself grows, beside what its keys take");

    private final String sentence;

    Shape(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /// What a heap dump looked like.
    static Shape of(io.staunch.heap.Shape seen) {
        return switch (seen) {
            case SESSIONS -> SESSIONS;
            case CONNECTIONS -> CONNECTIONS;
            case STATEMENTS -> STATEMENTS;
            case THREADS -> THREADS;
            case THREAD_LOCALS -> THREAD_LOCALS;
            case CLASSES, CLASS_LOADERS -> CLASSES;
            case DELETE_ON_EXIT -> DELETE_ON_EXIT;
            case LISTENERS -> LISTENERS;
            case TIMERS -> SCHEDULED_TASKS;
            case CACHE -> CACHE;
            case DIRECT_BUFFERS -> DIRECT_MEMORY;
            case FINALIZERS -> FINALIZERS;
            case DUPLICATE_STRINGS, INTERNED_STRINGS, EMPTY_COLLECTIONS, SPARSE_COLLECTIONS, OTHER -> OBJECTS;
        };
    }

    /// By the words of a type's name.
    static Shape ofWords(Set<String> words) {
        if (words.contains("session")) {
            return SESSIONS;
        }
        if (words.contains("connection")) {
            return CONNECTIONS;
        }
        if (words.contains("statement")) {
            return STATEMENTS;
        }
        if (words.contains("thread")) {
            return THREADS;
        }
        return words.contains("scheduled") ? SCHEDULED_TASKS : OBJECTS;
    }
}
