package io.staunch.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Main;
import io.staunch.cli.Said;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReviewCommandTest {
    private static final String LEAK = """
            package com.shop;
            class Store {
              private static final java.util.Map<String, Object> OPEN = new java.util.HashMap<>();
              void open(String id) { OPEN.put(id, this); }
              int first(java.io.File f) throws java.io.IOException { return new java.io.FileInputStream(f).read(); }
            }""";
    private static final String POM = """
            <project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies>
            <dependency><groupId>io.vertx</groupId><artifactId>vertx-core</artifactId><version>4.5.2</version></dependency>
            </dependencies></project>""";

    @TempDir
    private Path folder;

    private String classes = "";
    private String pom = "";

    @BeforeEach
    void leaksAreCompiledAndNamed() throws IOException {
        Path source = Files.writeString(folder.resolve("Store.java"), LEAK);
        Path target = folder.resolve("classes");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-g", "-d", target.toString(), source.toString());
        assertThat(compiled).isZero();
        classes = target.toString();
        pom = Files.writeString(folder.resolve("pom.xml"), POM).toString();
    }

    @Test
    void peopleAreToldWhereWhyAndWhatToDo() {
        Said said = Said.by("review", classes, pom);
        assertThat(said.exitCode()).isEqualTo(ExitCode.LEAK);
        assertThat(said.out())
                .contains("com.shop.Store.first(java.io.File) (Store.java:5) makes a java.io.FileInputStream and never"
                        + " closes it [resource-not-closed, certain]")
                .contains("why  Every call opens another one")
                .contains("do   Open it in a try-with-resources statement.")
                .contains("pkg:maven/io.vertx/vertx-core@4.5.2 has a known leak (CVE-2024-1300)")
                .contains("do   Upgrade to 4.5.3 or newer.")
                .contains("1 known leaks of libraries, 2 places in code.");
        assertThat(said.out().indexOf("certain]")).isLessThan(said.out().indexOf("likely]"));
        assertThat(said.err()).contains("what these need in turn is not resolved");
    }

    @Test
    void withJsonThereIsOneObjectAndNothingElse() {
        Said said = Said.by("review", classes, pom, "--json");
        assertThat(said.exitCode()).isEqualTo(ExitCode.LEAK);
        JsonNode review = JsonMapper.shared().readTree(said.out());
        assertThat(review.get("schema").asString()).isEqualTo("staunch.review/1");
        assertThat(review.get("reviewed").get("classes").asInt()).isEqualTo(1);
        assertThat(review.get("reviewed").get("libraries").asInt()).isEqualTo(1);
        assertThat(review.get("warnings")).hasSize(1);
        assertThat(review.get("findings")).hasSize(3).allSatisfy(finding -> {
            for (String key : List.of("rule", "kind", "confidence", "source", "what", "why", "mend")) {
                assertThat(finding.get(key).asString()).as(key).isNotBlank();
            }
        });
        JsonNode library = review.get("findings")
                .valueStream()
                .filter(finding -> finding.get("kind").asString().equals("library"))
                .findFirst()
                .orElseThrow();
        assertThat(library.get("fixedIn").asString()).isEqualTo("4.5.3");
        assertThat(library.get("reference").asString()).startsWith("https://");
    }

    @Test
    void sarifHasWhatCodeScanningNeeds() throws IOException {
        Path file = folder.resolve("review.sarif");
        assertThat(Said.by("review", classes, pom, "--sarif", file.toString()).exitCode())
                .isEqualTo(ExitCode.LEAK);
        JsonNode log = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(log.get("version").asString()).isEqualTo("2.1.0");
        assertThat(log.get("$schema").asString()).endsWith("sarif-schema-2.1.0.json");
        JsonNode run = log.get("runs").get(0);
        JsonNode rules = run.get("tool").get("driver").get("rules");
        assertThat(run.get("tool").get("driver").get("name").asString()).isEqualTo("staunch");
        List<String> ids =
                rules.valueStream().map(rule -> rule.get("id").asString()).toList();
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.get("shortDescription").get("text").asString()).isNotBlank();
            assertThat(rule.get("help").get("text").asString()).isNotBlank();
        });
        assertThat(run.get("results")).hasSize(3).allSatisfy(result -> {
            assertThat(ids).contains(result.get("ruleId").asString());
            assertThat(result.get("level").asString()).isIn("error", "warning", "note");
            assertThat(result.get("message").get("text").asString()).isNotBlank();
            JsonNode place = result.get("locations").get(0).get("physicalLocation");
            assertThat(place.get("artifactLocation").get("uri").asString()).doesNotContain(" ", "\\");
            assertThat(place.get("region").get("startLine").asInt()).isPositive();
            assertThat(result.get("partialFingerprints").size()).isEqualTo(1);
        });
        assertThat(run.get("results")
                        .valueStream()
                        .map(result -> result.get("locations").get(0).get("physicalLocation"))
                        .filter(place -> place.get("artifactLocation")
                                .get("uri")
                                .asString()
                                .equals("com/shop/Store.java"))
                        .map(place -> place.get("region").get("startLine").asInt()))
                .containsExactlyInAnyOrder(4, 5);
    }

    @Test
    void wellKeptCodeIsExitCodeZero() throws IOException {
        String proper = Files.writeString(folder.resolve("proper.xml"), POM.replace("4.5.2", "4.5.3"))
                .toString();
        Said said = Said.by("review", proper);
        assertThat(said.exitCode()).isEqualTo(ExitCode.NO_LEAK);
        assertThat(said.out()).startsWith("Nothing found.");
    }

    /// The product's own classes and all that it ships with.
    @Test
    void nothingOfTheProductsOwnIsCertainToLeakAndNoLibraryOfItsIsKnownTo() throws Exception {
        JsonNode review = JsonMapper.shared()
                .readTree(Said.by("review", String.join(File.pathSeparator, shipped()), "--json", "--all")
                        .out());
        assertThat(review.get("reviewed").get("classes").asInt()).isGreaterThan(5_000);
        assertThat(review.get("findings").valueStream().filter(ReviewCommandTest::isOwnAndCertainOrKnown))
                .isEmpty();
    }

    private static boolean isOwnAndCertainOrKnown(JsonNode finding) {
        boolean own = finding.path("type").asString("").startsWith("io.staunch.");
        boolean certain = finding.get("confidence").asString().equals("certain");
        return (own && certain) || finding.get("kind").asString().equals("library");
    }

    private static List<String> shipped() throws Exception {
        List<String> paths = new ArrayList<>();
        paths.add(Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString());
        try (Stream<String> entries =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            entries.filter(entry -> !entry.contains("test-classes") && Files.exists(Path.of(entry)))
                    .filter(entry -> !paths.contains(entry))
                    .forEach(paths::add);
        }
        return paths;
    }
}
