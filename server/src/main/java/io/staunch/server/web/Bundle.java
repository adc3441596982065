package io.staunch.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Modules of the page as one script: a browser asks for one thing instead of a dozen, one after the other. Each module
/// becomes a function of its own, so that what it does not export stays its own.
///
/// It knows what our modules have and no more: imports by name, one a line, and exports of functions and constants.
final class Bundle {
    private static final Pattern IMPORT =
            Pattern.compile("^import \\{ ([\\w, ]+) \\} from '/(\\w+)\\.js';$", Pattern.MULTILINE);
    private static final Pattern EXPORT =
            Pattern.compile("^export ((?:async )?function|const) (\\w+)", Pattern.MULTILINE);
    private static final Pattern OTHER = Pattern.compile("^(?:import|export)\\b.*$", Pattern.MULTILINE);

    private Bundle() {}

    /// @param names   of the modules, each after those that it imports from
    /// @param sources by name
    ///
    /// @throws IllegalArgumentException if a module has another import or export, or comes too early
    static String of(List<String> names, UnaryOperator<String> sources) {
        StringBuilder script = new StringBuilder("'use strict';\n{\nconst modules = {};\n");
        List<String> known = new ArrayList<>();
        for (String name : names) {
            script.append(module(name, sources.apply(name), known));
            known.add(name);
        }
        return script.append("}\n").toString();
    }

    private static String module(String name, String source, List<String> known) {
        for (MatchResult found : IMPORT.matcher(source).results().toList()) {
            if (!known.contains(found.group(2))) {
                throw new IllegalArgumentException(
                        name + ".js: expected imports from modules before it, found one from " + found.group(2));
            }
        }
        String exported =
                EXPORT.matcher(source).results().map(found -> found.group(2)).collect(Collectors.joining(", "));
        String body = EXPORT.matcher(IMPORT.matcher(source).replaceAll("const { $1 } = modules.$2;"))
                .replaceAll("$1 $2");
        Matcher other = OTHER.matcher(body);
        if (other.find()) {
            throw new IllegalArgumentException(
                    name + ".js: expected imports and exports by name, found " + other.group());
        }
        return "modules." + name + " = (() => {\n" + body + "\nreturn { " + exported + " };\n})();\n";
    }
}
