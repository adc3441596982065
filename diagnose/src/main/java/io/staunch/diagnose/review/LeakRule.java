package io.staunch.diagnose.review;

import java.util.Locale;

/// What the review of code looks for. Ids are stable: scripts and suppressions may name them.
public enum LeakRule {
    STATIC_COLLECTION_GROWS(
            "A static collection that only ever grows",
            "What is put into a static collection lives as long as its class, and nothing here ever takes anything out.",
            "Remove what is done with, bound it (a cache with a maximum size or an expiry), or hold keys weakly.",
            true),
    SINGLETON_COLLECTION_GROWS(
            "A singleton's collection that only ever grows",
            "There is one such object for the life of the process, and nothing here ever takes anything out of the collection.",
            "Remove what is done with, bound it (a cache with a maximum size or an expiry), or hold keys weakly.",
            true),
    RESOURCE_NOT_CLOSED(
            "A resource that no path closes",
            "Every call opens another one, and no path through the method closes it, returns it or hands it on.",
            "Open it in a try-with-resources statement.",
            true),
    RESOURCE_NOT_CLOSED_ON_A_PATH(
            "A resource that one path forgets",
            "The method closes it on one path, but can also return without having closed it.",
            "Open it in a try-with-resources statement, which closes it on every path.",
            false),
    RESOURCE_NOT_CLOSED_ON_ERROR(
            "A resource that stays open after an exception",
            "The method closes it at its end, but an exception on the way leaves it open.",
            "Open it in a try-with-resources statement, which closes it after an exception, too.",
            false),
    EXECUTOR_NOT_SHUT_DOWN(
            "An executor or timer of a call's own that is never shut down",
            "Every call starts threads that nobody ends; a waiting thread keeps itself, its pool and its tasks alive.",
            "Shut it down in a finally block (or try-with-resources), or keep one for the life of the service.",
            true),
    THREAD_LOCAL_NOT_REMOVED(
            "A thread local that is set and never removed",
            "A pool's threads outlive the request, and each keeps the value, its class and its class loader.",
            "Call remove() in a finally block when the request is done.",
            true),
    EXIT_HOOK_PER_CALL(
            "Something registered until the JVM ends, by every call",
            "The JVM keeps what is registered for its exit until it exits; nothing takes it back here.",
            "Register once, at start; delete temporary files when they are done with.",
            false),
    SESSION_NEVER_EXPIRES(
            "Sessions that never expire",
            "An interval of zero or less means never: every visitor who does not log out stays in memory.",
            "Set an interval in which a visitor may be idle, such as 30 minutes.",
            true),
    CACHE_WITHOUT_BOUND(
            "A cache without a bound",
            "The builder is given no maximum size, no weight, no expiry and no weak or soft keys or values, so nothing leaves it.",
            "Give it a maximumSize, or expireAfterAccess or expireAfterWrite.",
            true),
    LISTENER_NEVER_REMOVED(
            "Listeners that can be added and not removed",
            "Whoever registers stays reachable as long as this object lives, and has no way to leave.",
            "Offer a way to remove a listener, or hold listeners weakly.",
            false),
    CLASSES_PER_CALL(
            "Classes generated or loaded by every call",
            "Each call makes new classes, which fill metaspace as long as one object of theirs, or their loader, is held.",
            "Make the engine, context or proxy class once and keep it.",
            true),
    MBEAN_NOT_UNREGISTERED(
            "MBeans registered under changing names and never taken back",
            "The platform's MBean server is static and keeps every bean until it is unregistered.",
            "Unregister it when its object is closed.",
            true),
    OBJECT_KEPT_BY_STATIC(
            "An object kept by a static field through an inner class or a lambda",
            "An inner class or a lambda that uses its object's members holds that object; a static field keeps both for good.",
            "Make it a static class or a lambda that captures only what it needs.",
            true),
    FINALIZER(
            "An object that waits for its finalizer",
            "Each instance is kept until one thread has run finalize(); where that thread falls behind, they pile up.",
            "Close the resource explicitly and use java.lang.ref.Cleaner as a safety net.",
            false),
    DIRECT_BUFFER_PER_CALL(
            "A direct buffer for every call",
            "Direct memory is freed only when a collection finds the buffer dead, which may be long after it is needed.",
            "Keep one buffer, or take heap buffers for what is short-lived.",
            false);

    private final String title;
    private final String why;
    private final String mend;
    private final boolean shownByDefault;

    LeakRule(String title, String why, String mend, boolean shownByDefault) {
        this.title = title;
        this.why = why;
        this.mend = mend;
        this.shownByDefault = shownByDefault;
    }

    /// `static-collection-grows`
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return title;
    }

    public String why() {
        return why;
    }

    public String mend() {
        return mend;
    }

    /// Whether its findings are told without being asked for all; the others are more often no leak.
    public boolean shownByDefault() {
        return shownByDefault;
    }
}
