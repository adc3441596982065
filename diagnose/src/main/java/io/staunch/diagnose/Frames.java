package io.staunch.diagnose;

import java.util.List;

/// Stack frames as `com.shop.SessionStore.open(SessionStore.java:41)`.
final class Frames {
    private static final int MOST = 8;

    private Frames() {}

    /// The frames from the first one outside the platform on, without generated ones; empty if there is none.
    static List<String> own(List<String> stack) {
        return stack.stream()
                .filter(frame -> !frame.contains("$$Lambda"))
                .dropWhile(frame -> Origin.of(type(frame)) == Origin.PLATFORM)
                .limit(MOST)
                .toList();
    }

    /// The type that declares the frame's method.
    static String type(String frame) {
        int arguments = frame.indexOf('(');
        String method = arguments < 0 ? frame : frame.substring(0, arguments);
        int dot = method.lastIndexOf('.');
        String type = dot < 0 ? method : method.substring(0, dot);
        // Modules and class loaders come before a slash: `java.base/java.util.HashMap`.
        return type.substring(type.lastIndexOf('/') + 1);
    }
}
