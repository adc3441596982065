package io.staunch.verify.rules;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What no part of the product does.
class MannersTest {
    private static final JavaClasses CLASSES = House.product();

    @Test
    void theDetectorHasNoInputNoClockAndNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("io.staunch.detect..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(CLASSES);
    }

    @Test
    void theLibrariesOfTheHeapAndTheDetectorNeedOnlyTheJdk() {
        noClasses()
                .that()
                .resideInAnyPackage("io.staunch.heap..", "io.staunch.detect..")
                .should()
                .dependOnClassesThat(are(DescribedPredicate.describe(
                        "outside the JDK and the module itself",
                        (JavaClass type) -> !type.getPackageName().startsWith("java.")
                                && !type.getPackageName().startsWith("io.staunch.")
                                && !type.getPackageName().startsWith("jdk.")
                                && !type.getPackageName().startsWith("org.jspecify.")
                                && !type.getPackageName().isEmpty())))
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineHasAMain() {
        methods()
                .that()
                .haveName("main")
                .and()
                .areStatic()
                .should()
                .beDeclaredIn("io.staunch.cli.Main")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.staunch.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void nobodyThrowsABareRuntimeException() {
        noClasses()
                .should()
                .callConstructor(RuntimeException.class, String.class)
                .orShould()
                .callConstructor(RuntimeException.class)
                .orShould()
                .callConstructor(RuntimeException.class, String.class, Throwable.class)
                .orShould()
                .callConstructor(RuntimeException.class, Throwable.class)
                .check(CLASSES);
    }

    @Test
    void noTypeIsNamedAfterNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Common|Impl|Manager|Misc)(\\$.*)?")
                .check(CLASSES);
    }

    @Test
    void everyPackageMarksItsNulls() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.getClasses().isEmpty() && !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertThat(unmarked).isEmpty();
    }
}
