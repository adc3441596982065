package io.staunch.verify.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The modules and the arrows between them, as the table in ARCHITECTURE.md has them.
final class House {
    /// A module and those it may name in its pom. What those use in turn may be used too.
    static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("heap", Set.of()),
            Map.entry("detect", Set.of()),
            Map.entry("collect", Set.of("detect")),
            Map.entry("diagnose", Set.of("heap", "detect", "collect")),
            Map.entry("remedy", Set.of("detect")),
            Map.entry("incident", Set.of("diagnose", "remedy")),
            Map.entry("server", Set.of("incident")),
            Map.entry("drill", Set.of("server")),
            Map.entry("cli", Set.of("drill")),
            Map.entry("verify", Set.of("cli")));

    /// Modules of the product: everything that ships.
    static final Set<String> PRODUCT =
            Set.of("heap", "detect", "collect", "diagnose", "remedy", "incident", "server", "drill", "cli");

    private House() {}

    /// Every module that the given one can reach, itself included.
    static Set<String> reachableFrom(String module) {
        Set<String> reached = new TreeSet<>();
        reach(module, reached);
        return reached;
    }

    private static void reach(String module, Set<String> reached) {
        if (reached.add(module)) {
            ARROWS.getOrDefault(module, Set.of()).forEach(next -> reach(next, reached));
        }
    }

    /// All classes of the product, without tests.
    static JavaClasses product() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PRODUCT.stream().map(m -> "io.staunch." + m).toArray(String[]::new));
    }

    /// The checkout's root: the nearest folder upwards that has the launcher.
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(at.resolve("staunch"))) {
            at = at.getParent();
            if (at == null) {
                throw new IllegalStateException("expected to run inside the checkout, found no ./staunch upwards");
            }
        }
        return at;
    }
}
