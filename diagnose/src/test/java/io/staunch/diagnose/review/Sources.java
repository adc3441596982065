package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// Sources of a test, compiled to a folder of classes and reviewed.
final class Sources {
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");

    private Sources() {}

    /// Compiles each source to `folder/classes` and gives that folder.
    ///
    /// @param options such as `--release 8`
    static Path compiled(Path folder, List<String> options, String... sources) throws IOException {
        Path classes = folder.resolve("classes");
        List<String> line = new ArrayList<>(List.of("-g", "-nowarn", "-d", classes.toString()));
        line.addAll(options);
        for (String source : sources) {
            Matcher pack = PACKAGE.matcher(source);
            String within = pack.find() ? pack.group(1).replace('.', '/') : "";
            Matcher type = TYPE.matcher(source);
            assertThat(type.find()).isTrue();
            Path file = folder.resolve("src").resolve(within).resolve(type.group(1) + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
            line.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean done = compiler.getTask(
                        said,
                        null,
                        null,
                        line.subList(0, line.size() - sources.length),
                        null,
                        units(compiler, line, sources.length))
                .call();
        assertThat(done).as(said.toString()).isTrue();
        return classes;
    }

    private static Iterable<? extends javax.tools.JavaFileObject> units(
            JavaCompiler compiler, List<String> line, int count) {
        Stream<Path> files =
                line.subList(line.size() - count, line.size()).stream().map(Path::of);
        return compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(files.toList());
    }

    /// What all rules find in classes with these bodies: `class Shop { … }` with the usual imports.
    static List<ReviewFinding> found(Path folder, String... bodies) throws IOException {
        List<String> sources = new ArrayList<>();
        int number = 0;
        for (String body : bodies) {
            boolean whole = body.startsWith("package ");
            sources.add(
                    whole
                            ? body
                            : "package com.shop; " + IMPORTS + " "
                                    + (body.contains("class ")
                                            ? body
                                            : "class Shop" + number++ + " {\n" + body + "\n}"));
        }
        return Review.of(
                        List.of(compiled(folder, List.of(), sources.toArray(String[]::new))
                                .toString()),
                        true)
                .findings();
    }

    private static final String IMPORTS = Stream.of(
                            "java.io",
                            "java.net",
                            "java.nio",
                            "java.nio.file",
                            "java.sql",
                            "java.util",
                            "java.util.concurrent",
                            "java.util.function",
                            "javax.sql")
                    .map(name -> "import " + name + ".*;")
                    .reduce("", String::concat)
            + "import java.sql.Connection; import java.sql.Statement; import java.util.Date;";
}
