package io.staunch.verify.corpus;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// One program of the corpus in one version, and what is expected of it.
///
/// @param version     `leaky` or `fixed`, as the corpus' own runner takes it
/// @param leaks       whether a leak is the right answer
/// @param expectation the expected culprit; meaningless when nothing leaks
record LeakCase(String id, String version, boolean leaks, Expectation expectation) {

    /// All cases below the folder: the leaky and the fixed version of each leak, the one version of each look-alike.
    static List<LeakCase> in(Path corpus) throws IOException {
        List<LeakCase> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.list(corpus)) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve("case.properties");
                if (Files.isReadable(file)) {
                    cases.addAll(read(file));
                }
            }
        }
        if (cases.isEmpty()) {
            throw new IOException(corpus + ": expected folders with a case.properties, found none");
        }
        return cases;
    }

    private static List<LeakCase> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        String id = properties.getProperty("id");
        if (properties.getProperty("label", "").equals("control")) {
            return List.of(new LeakCase(id, "leaky", false, Expectation.of(properties)));
        }
        List<LeakCase> both = new ArrayList<>();
        both.add(new LeakCase(id, "leaky", true, Expectation.of(properties)));
        boolean hasFixed = !properties.getProperty("fixedVersion", "").isBlank()
                || properties.containsKey("options.fixed")
                || properties.containsKey("fixedJdk");
        if (hasFixed) {
            both.add(new LeakCase(id, "fixed", false, Expectation.of(properties)));
        }
        return both;
    }
}
