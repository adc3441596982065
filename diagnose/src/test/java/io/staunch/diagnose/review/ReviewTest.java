package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {
    private static final String LEAK = "package com.shop; class Shop {\n"
            + " int first(java.io.File f) throws java.io.IOException { return new java.io.FileInputStream(f).read(); }}";
    private static final String PROPER = "package com.shop; class Shop { int first(java.io.File f) { return 1; } }";

    @TempDir
    private Path folder;

    @Test
    void jarsWithinAWarAreReadAndNamedByTheirPlace() throws IOException {
        byte[] inner = jar(Map.of(
                "META-INF/maven/io.netty/netty-codec-http/pom.properties",
                text("groupId=io.netty\nartifactId=netty-codec-http\nversion=4.1.80.Final\n"),
                "com/shop/Shop.class",
                compiled(LEAK)));
        Path war = file(
                "shop.war",
                jar(
                        Map.of(
                                "WEB-INF/lib/netty-codec-http-4.1.80.Final.jar",
                                inner,
                                "WEB-INF/web.xml",
                                text(
                                        "<web-app>\n<session-config><session-timeout>-1</session-timeout></session-config></web-app>"))));
        ReviewReport report = Review.of(List.of(war.toString()), false);
        String place = war + "!/WEB-INF/lib/netty-codec-http-4.1.80.Final.jar";
        assertThat(report.findings())
                .extracting(ReviewFinding::source, ReviewFinding::rule)
                .containsExactlyInAnyOrder(
                        tuple(place, "known-library-leak"),
                        tuple(place, "known-library-leak"),
                        tuple(place, "resource-not-closed"),
                        tuple(war.toString(), "session-never-expires"));
        assertThat(report.findings())
                .filteredOn(ReviewFinding.LibraryLeak.class::isInstance)
                .extracting(ReviewFinding::mend)
                .containsExactlyInAnyOrder("Upgrade to 4.1.136.Final or newer.", "Upgrade to 4.1.81.Final or newer.");
        assertThat(report.reviewed().jars()).isEqualTo(2);
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void whatIsOnlyLikelyInALibraryWithinAJarIsToldWhenAllIsAskedFor() throws IOException {
        String grows = "package com.shop; class Shop { private static final java.util.List<String> ALL ="
                + " new java.util.ArrayList<>(); void add(String s) { ALL.add(s); } }";
        byte[] inner = jar(Map.of("com/shop/Shop.class", compiled(grows)));
        Path boot = file("boot.jar", jar(Map.of("BOOT-INF/lib/inner-1.jar", inner)));
        ReviewReport byDefault = Review.of(List.of(boot.toString()), false);
        assertThat(byDefault.findings()).isEmpty();
        assertThat(byDefault.untold()).isEqualTo(1);
        assertThat(Review.of(List.of(boot.toString()), true).findings()).hasSize(1);
        assertThat(Review.of(List.of(file("inner-1.jar", inner).toString()), false)
                        .findings())
                .hasSize(1);
    }

    @Test
    void ofAMultiReleaseJarTheNewestClassThatRunsHereCounts() throws IOException {
        Path jar = file(
                "shop.jar",
                jar(Map.of(
                        "com/shop/Shop.class",
                        compiled(LEAK),
                        "META-INF/versions/17/com/shop/Shop.class",
                        compiled(PROPER),
                        "META-INF/versions/99/com/shop/Shop.class",
                        compiled(LEAK))));
        assertThat(Review.of(List.of(jar.toString()), true).findings()).isEmpty();
    }

    @Test
    void aDamagedClassIsOneWarningAndTheRestIsReviewed() throws IOException {
        byte[] whole = compiled(LEAK);
        Path jar = file(
                "shop.jar",
                jar(Map.of(
                        "com/shop/Shop.class",
                        whole,
                        "com/shop/Cut.class",
                        Arrays.copyOf(whole, whole.length / 2),
                        "com/shop/Text.class",
                        text("hello"))));
        ReviewReport report = Review.of(List.of(jar.toString()), false);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.warnings()).hasSize(2).allMatch(warning -> warning.contains("expected a"));
    }

    @Test
    void classesCutOffOrFlippedAnywhereNeverStopTheReview() throws IOException {
        byte[] whole = compiled(LEAK);
        Map<String, byte[]> damaged = new LinkedHashMap<>();
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 0x55;
            damaged.put("a/F" + i + ".class", flipped);
            damaged.put("a/C" + i + ".class", Arrays.copyOf(whole, i));
        }
        Path jar = file("damaged.jar", jar(damaged));
        assertThat(Review.of(List.of(jar.toString()), true).warnings()).isNotEmpty();
    }

    @Test
    void aDamagedJarAmongOthersIsOneWarning() throws IOException {
        byte[] whole = jar(Map.of("com/shop/Shop.class", compiled(LEAK)));
        Path good = file("good.jar", whole);
        Path cut = file("cut.jar", Arrays.copyOf(whole, whole.length / 2));
        ReviewReport report = Review.of(List.of(cut + File.pathSeparator + good), false);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.warnings()).singleElement().asString().startsWith(cut + ": expected a jar, found");
        assertThatThrownBy(() -> Review.of(List.of(cut.toString()), false))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageStartingWith(cut + ": expected a jar, found");
    }

    @Test
    void whatIsNotThereOrHoldsNothingIsOneClearError() {
        assertThatThrownBy(() -> Review.of(List.of("no-such.jar"), false))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage("no-such.jar: expected a jar, a pom.xml or a folder, found nothing there");
        assertThatThrownBy(() -> Review.of(List.of(folder.toString()), false))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage(folder + ": expected classes, jars or a pom.xml, found none");
    }

    @Test
    void classesOfAnOldCompilerAreReadToo() throws IOException {
        Path classes = Sources.compiled(folder, List.of("--release", "8"), LEAK);
        assertThat(Review.of(List.of(classes.toString()), false).findings())
                .singleElement()
                .satisfies(found -> {
                    ReviewFinding.CodeLeak leak = (ReviewFinding.CodeLeak) found;
                    assertThat(leak.type()).isEqualTo("com.shop.Shop");
                    assertThat(leak.method()).hasValue("first(java.io.File)");
                    assertThat(leak.line()).hasValue(2);
                    assertThat(leak.sourceFile()).hasValue("com/shop/Shop.java");
                });
    }

    @Test
    void springBootsSessionTimeoutIsRead() throws IOException {
        Path jar = file(
                "boot.jar",
                jar(Map.of(
                        "BOOT-INF/classes/application.properties",
                        text("server.port=80\nserver.servlet.session.timeout=-1\n"))));
        assertThat(Review.of(List.of(jar.toString()), false).findings())
                .singleElement()
                .satisfies(found ->
                        assertThat(((ReviewFinding.CodeLeak) found).line()).hasValue(2));
    }

    @Test
    void aLibraryThatOnlyItsFilesNameTellsIsLikelyTheOneOfThatName() throws IOException {
        Path jar = file("jetty-client-10.0.20.jar", jar(Map.of("a.txt", text("a"))));
        assertThat(Review.of(List.of(jar.toString()), false).findings())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
                    assertThat(found.library()).hasValue("pkg:maven/jetty-client@10.0.20");
                });
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] compiled(String source) throws IOException {
        return Files.readAllBytes(Sources.compiled(Files.createTempDirectory(folder, "c"), List.of(), source)
                .resolve("com/shop/Shop.class"));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(Files.createTempDirectory(folder, "f").resolve(name), bytes);
    }

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
