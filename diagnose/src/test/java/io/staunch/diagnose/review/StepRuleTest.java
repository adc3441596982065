package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/// For each rule about single steps a class that leaks and its proper twin. What is not on the class path of the test
/// is written here as far as the rule needs it.
class StepRuleTest {
    private static final String SESSION =
            "package jakarta.servlet.http; public interface HttpSession { void setMaxInactiveInterval(int s); }";
    private static final String CAFFEINE = "package com.github.benmanes.caffeine.cache; public class Caffeine {"
            + " public static Caffeine newBuilder() { return new Caffeine(); }"
            + " public Caffeine maximumSize(long n) { return this; } public Caffeine recordStats() { return this; }"
            + " public <K, V> java.util.Map<K, V> build() { return new java.util.HashMap<>(); } }";
    private static final String SHELL =
            "package groovy.lang; public class GroovyShell {" + " public Object evaluate(String s) { return s; } }";
    private static final String ENHANCER =
            "package net.sf.cglib.proxy; public class Enhancer { public void setUseCache(boolean b) {} }";
    private static final String C = "com.github.benmanes.caffeine.cache.Caffeine";

    static final List<Arguments> LEAKS = List.of(
            Arguments.of(
                    "session-never-expires",
                    SESSION,
                    "void open(jakarta.servlet.http.HttpSession s) { s.setMaxInactiveInterval(-1); }",
                    "void open(jakarta.servlet.http.HttpSession s) { s.setMaxInactiveInterval(1800); }"),
            Arguments.of(
                    "cache-without-bound",
                    CAFFEINE,
                    "final Map<String, String> m = " + C + ".newBuilder().recordStats().build();",
                    "final Map<String, String> m = " + C + ".newBuilder().recordStats().maximumSize(9).build();"),
            Arguments.of(
                    "cache-without-bound",
                    CAFFEINE,
                    "static final Map<String, String> M = " + C + ".newBuilder().build();",
                    "static final Map<Class<?>, String> M = " + C + ".newBuilder().build();"),
            Arguments.of(
                    "cache-without-bound",
                    CAFFEINE,
                    "Map<String, String> made() { var b = " + C + ".newBuilder(); return b.build(); }",
                    "Map<String, String> made() { var b = " + C
                            + ".newBuilder(); b.maximumSize(1); return b.build(); }"),
            Arguments.of(
                    "exit-hook-per-call",
                    SESSION,
                    "void add(Thread t) { Runtime.getRuntime().addShutdownHook(t); }",
                    "void add(Thread t) { Runtime.getRuntime().addShutdownHook(t);"
                            + " Runtime.getRuntime().removeShutdownHook(t); }"),
            Arguments.of(
                    "exit-hook-per-call",
                    SESSION,
                    "void upload() throws IOException { File.createTempFile(\"a\", \"b\").deleteOnExit(); }",
                    "public static void main(String[] a) { new File(a[0]).deleteOnExit(); }"),
            Arguments.of(
                    "classes-per-call",
                    SHELL,
                    "Object run(String s) { return null == new groovy.lang.GroovyShell().evaluate(s); }",
                    "final groovy.lang.GroovyShell g = new groovy.lang.GroovyShell();"
                            + " Object run(String s) { return g.evaluate(s); }"),
            Arguments.of(
                    "classes-per-call",
                    ENHANCER,
                    "void proxy(net.sf.cglib.proxy.Enhancer e) { e.setUseCache(false); }",
                    "void proxy(net.sf.cglib.proxy.Enhancer e) { e.setUseCache(true); }"),
            Arguments.of(
                    "mbean-not-unregistered",
                    SESSION,
                    "void show(javax.management.MBeanServer m, String n) throws Exception {"
                            + " m.registerMBean(this, new javax.management.ObjectName(\"a:n=\" + n)); }",
                    "void show(javax.management.MBeanServer m, String n) throws Exception {"
                            + " m.registerMBean(this, new javax.management.ObjectName(\"a:n=\" + n)); }"
                            + " void hide(javax.management.MBeanServer m, javax.management.ObjectName n)"
                            + " throws Exception { m.unregisterMBean(n); }"),
            Arguments.of(
                    "object-kept-by-static",
                    SESSION,
                    "static Runnable last; int n; void start() { last = () -> n++; }",
                    "static Runnable last; static int n; void start() { last = () -> n++; }"),
            Arguments.of(
                    "object-kept-by-static",
                    SESSION,
                    "static Object last; int n; class Inner { int m() { return n; } } void start() { last = new Inner(); }",
                    "static Object last; static class Inner {} void start() { last = new Inner(); }"),
            Arguments.of(
                    "finalizer",
                    SESSION,
                    "Object o; protected void finalize() throws Throwable { o = null; super.finalize(); }",
                    "protected void finalize() throws Throwable { super.finalize(); }"),
            Arguments.of(
                    "direct-buffer-per-call",
                    SESSION,
                    "int read() { return ByteBuffer.allocateDirect(99).remaining(); }",
                    "final ByteBuffer b = ByteBuffer.allocateDirect(99); int read() { return b.remaining(); }"),
            Arguments.of(
                    "thread-local-not-removed",
                    SESSION,
                    "static class User {} private static final ThreadLocal<User> U = new ThreadLocal<>();"
                            + " void in(User u) { U.set(u); }",
                    "static class User {} private static final ThreadLocal<User> U = new ThreadLocal<>();"
                            + " void in(User u) { U.set(u); } void out() { U.remove(); }"),
            Arguments.of(
                    "thread-local-not-removed",
                    SESSION,
                    "static class User {} private static final ThreadLocal<User> U = new ThreadLocal<>();"
                            + " void in(User u) { U.set(u); }",
                    "private static final ThreadLocal<String> U = new ThreadLocal<>(); void in(String u) { U.set(u); }"),
            Arguments.of(
                    "thread-local-not-removed",
                    SESSION,
                    "static class User {} private static final ThreadLocal<User> U = new ThreadLocal<>();"
                            + " void in(User u) { U.set(u); U.get(); }",
                    "static class User {} private static final ThreadLocal<User> U = new ThreadLocal<>();"
                            + " void in(User u) { User b = U.get(); U.set(u); U.set(b); }"),
            Arguments.of(
                    "listener-never-removed",
                    SESSION,
                    "private final List<Runnable> listeners = new ArrayList<>();"
                            + " void addListener(Runnable r) { listeners.add(r); }",
                    "private final List<Runnable> listeners = new ArrayList<>();"
                            + " void addListener(Runnable r) { listeners.add(r); }"
                            + " void removeListener(Runnable r) { listeners.remove(r); }"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("LEAKS")
    void whatLeaksIsFoundAndItsProperTwinIsNot(String rule, String library, String leak, String twin)
            throws IOException {
        assertThat(Sources.found(folder.resolve("leak"), library, "class Shop {" + leak + "}"))
                .singleElement()
                .extracting(ReviewFinding::rule)
                .isEqualTo(rule);
        assertThat(Sources.found(folder.resolve("twin"), library, "class Shop {" + twin + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LeakRule.class)
    void everyRuleSaysWhyAndWhatToDoInASentence(LeakRule rule) {
        assertThat(List.of(rule.why(), rule.mend())).allMatch(sentence -> sentence.matches("[A-Z].{20,160}\\."));
        assertThat(rule.title()).matches("[A-Z].*[a-z]");
    }
}
