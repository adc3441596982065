package io.staunch.collect.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the arguments of a `java` launcher say. Argument files (`@file`) are not opened.
public record CommandLine(Optional<String> main, Optional<String> classPath, boolean disablesAttach) {
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--limit-modules",
            "--patch-module",
            "--enable-native-access",
            "--source");
    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    public static CommandLine parse(List<String> arguments) {
        Optional<String> classPath = Optional.empty();
        boolean disablesAttach = false;
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean hasNext = i + 1 < arguments.size();
            disablesAttach |= argument.equals("-XX:+DisableAttachMechanism");
            if (argument.equals("-jar") || argument.equals("-m") || argument.equals("--module")) {
                Optional<String> main = hasNext ? Optional.of(arguments.get(i + 1)) : Optional.empty();
                return new CommandLine(main, argument.equals("-jar") ? main : classPath, disablesAttach);
            }
            if (CLASS_PATH.contains(argument) && hasNext) {
                classPath = Optional.of(arguments.get(i + 1));
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return new CommandLine(Optional.of(argument), classPath, disablesAttach);
            }
        }
        return new CommandLine(Optional.empty(), classPath, disablesAttach);
    }

    /// How people call a program: the main class, or the file name of its jar.
    public static String shortName(String main) {
        String first = main.strip().split("\\s+", 2)[0];
        return first.substring(first.lastIndexOf('/') + 1);
    }
}
