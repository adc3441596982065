package io.staunch.collect;

import java.io.ObjectInputFilter;

/// What a target's connector may answer with. JMX answers come as serialised Java objects; a hostile target could send
/// objects that do harm when they are read. Everything asked for here is made of the JDK's own types.
public final class AnswerFilter {
    private static final String JDK_ONLY = "maxdepth=64;maxarray=16777216;"
            + "java.base/*;java.management/*;java.management.rmi/*;java.rmi/*;jdk.management/*;jdk.management.jfr/*;!*";

    private AnswerFilter() {}

    /// Holds for all objects that this process reads from now on; a filter that was set by whoever started the process
    /// stays. To be called once, by the program.
    public static void install() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(filter());
        }
    }

    static ObjectInputFilter filter() {
        return ObjectInputFilter.Config.createFilter(JDK_ONLY);
    }
}
