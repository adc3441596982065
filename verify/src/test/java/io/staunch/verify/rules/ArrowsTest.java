package io.staunch.verify.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The flow goes one way.
class ArrowsTest {
    private static final JavaClasses CLASSES = House.product();
    private static final Pattern MODULE = Pattern.compile("<artifactId>staunch-([a-z]+)</artifactId>");

    static Stream<String> modules() {
        return House.PRODUCT.stream().sorted();
    }

    @Test
    void theImportSawTheWholeProduct() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        Set<String> seen = new TreeSet<>();
        CLASSES.forEach(type -> seen.add(type.getPackageName().split("[.]", -1)[2]));
        assertThat(seen).isEqualTo(new TreeSet<>(House.PRODUCT));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItsArrowsReach(String module) {
        Set<String> forbidden = new TreeSet<>(House.PRODUCT);
        forbidden.removeAll(House.reachableFrom(module));
        if (forbidden.isEmpty()) {
            assertThat(module).isEqualTo("cli");
            return;
        }
        noClasses()
                .that()
                .resideInAPackage("io.staunch." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        forbidden.stream().map(m -> "io.staunch." + m + "..").toArray(String[]::new))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void whatIsInternalToAModuleStaysThere(String module) {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.staunch." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.staunch." + module + "..internal..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aPomNamesOnlyTheModulesOfItsArrows(String module) throws IOException {
        assertThat(modulesNamedIn(House.root().resolve(module).resolve("pom.xml"), module))
                .isSubsetOf(House.ARROWS.get(module));
    }

    @Test
    void theShopNamesNoModuleOfTheProduct() throws IOException {
        try (Stream<Path> files = Files.walk(House.root().resolve("shop"))) {
            for (Path pom : files.filter(f -> f.endsWith("pom.xml")).toList()) {
                assertThat(modulesNamedIn(pom, "shop")).as("%s", pom).doesNotContainAnyElementsOf(House.PRODUCT);
            }
        }
    }

    private static Set<String> modulesNamedIn(Path pom, String own) throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = MODULE.matcher(Files.readString(pom));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        named.remove(own);
        return named;
    }
}
