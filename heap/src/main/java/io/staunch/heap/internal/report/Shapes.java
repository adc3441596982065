package io.staunch.heap.internal.report;

import io.staunch.heap.Shape;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.List;
import java.util.regex.Pattern;

/// Recognises known leaks by the JDK's types, else by what a type or one of its superclasses calls itself, and by the
/// fields that hold it. A dump does not tell which interfaces a class implements.
final class Shapes {
    private static final Pattern SESSION = Pattern.compile("(?i).*session(?:information|impl|data|state|entry)?$");
    private static final Pattern CONNECTION = Pattern.compile("(?i).*(?:connection|socket|channel|pool)(?:impl)?$");
    private static final Pattern STATEMENT =
            Pattern.compile("(?i).*(?:statement|resultset|cursor|query)(?:impl|query)?$");
    private static final Pattern LISTENER =
            Pattern.compile("(?i).*(?:listener|observer|subscriber|subscription|callback|hook|handler)s?$");
    private static final Pattern TIMER =
            Pattern.compile("(?i).*(?:timertask|scheduledfuturetask|timeout|delayedtask)$");
    private static final Pattern CACHE_FIELD = Pattern.compile("(?i).*(?:cache|memo(?!ry)|intern(?!al)).*");

    private Shapes() {}

    static Shape of(String typeName, TypeInfo type, boolean generated, List<String> holder) {
        if (held(holder, "java.io.DeleteOnExitHook.")) {
            return Shape.DELETE_ON_EXIT;
        }
        if (held(holder, "java.lang.ref.Finalizer.")) {
            return Shape.FINALIZERS;
        }
        if (held(holder, "java.lang.Thread.threadLocals") || held(holder, "java.lang.Thread.inheritableThreadLocals")) {
            return Shape.THREAD_LOCALS;
        }
        if (type.isA("java.lang.Thread")) {
            return Shape.THREADS;
        }
        if (type.isA("java.lang.ClassLoader")) {
            return Shape.CLASS_LOADERS;
        }
        if (typeName.equals("java.lang.Class") || (generated && !typeName.contains("$$Lambda"))) {
            return Shape.CLASSES;
        }
        if (type.isA("java.nio.Buffer") && typeName.contains("Direct")) {
            return Shape.DIRECT_BUFFERS;
        }
        if (isCalled(type, TIMER)
                || type.isA("java.util.TimerTask")
                || held(holder, "DelayedWorkQueue.queue")
                || held(holder, "java.util.TaskQueue.")) {
            return Shape.TIMERS;
        }
        return byName(type, holder);
    }

    private static Shape byName(TypeInfo type, List<String> holder) {
        if (isCalled(type, SESSION)) {
            return Shape.SESSIONS;
        }
        if (isCalled(type, STATEMENT)) {
            return Shape.STATEMENTS;
        }
        if (isCalled(type, LISTENER) || fieldMatches(holder, LISTENER)) {
            return Shape.LISTENERS;
        }
        if (isCalled(type, CONNECTION)
                || type.isA("java.net.Socket")
                || type.isA("java.nio.channels.spi.AbstractSelectableChannel")) {
            return Shape.CONNECTIONS;
        }
        return fieldMatches(holder, CACHE_FIELD) ? Shape.CACHE : Shape.OTHER;
    }

    /// Whether a type or one of its superclasses has such a name.
    private static boolean isCalled(TypeInfo type, Pattern name) {
        for (TypeInfo at = type; at != null; at = at.superType()) {
            String its = at.name();
            String simple = its.substring(Math.max(its.lastIndexOf('.'), its.lastIndexOf('$')) + 1);
            if (name.matcher(simple).matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean held(List<String> holder, String part) {
        return holder.stream().anyMatch(field -> field.contains(part));
    }

    /// Looks at the innermost field outside the JDK, by its own name and that of its class: packages are called many
    /// things.
    private static boolean fieldMatches(List<String> holder, Pattern pattern) {
        return holder.reversed().stream()
                .map(field -> field.replaceFirst("^static ", ""))
                .filter(field -> !Owners.isJdk(field) && !field.contains(" "))
                .findFirst()
                .filter(field -> pattern.matcher(withoutPackage(field)).matches())
                .isPresent();
    }

    /// `a.b.Outer$Inner.field` without `a.b.`
    private static String withoutPackage(String field) {
        int name = field.lastIndexOf('.');
        return field.substring(field.lastIndexOf('.', name - 1) + 1);
    }
}
