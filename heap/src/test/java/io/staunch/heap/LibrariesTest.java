package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    private static final String POM = "META-INF/maven/com.shop/session-store/pom.properties";

    @TempDir
    Path folder = Path.of("");

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] jarWithPom() throws IOException {
        return jar(Map.of(POM, text("groupId=com.shop\nartifactId=session-store\nversion=2.3.1\n")));
    }

    private static String purl(String codeSource) {
        return new Libraries().of(codeSource).map(Library::purl).orElse("none");
    }

    @Test
    void aJarNamesItselfInItsPom() throws IOException {
        Path jar = Files.write(folder.resolve("renamed.jar"), jarWithPom());
        assertThat(purl(jar.toString())).isEqualTo("pkg:maven/com.shop/session-store@2.3.1");
        assertThat(purl(jar.toUri().toString())).isEqualTo("pkg:maven/com.shop/session-store@2.3.1");
    }

    @Test
    void aJarWithinASpringBootJarIsFoundByBothOfBootsWaysToNameIt() throws IOException {
        Path app = Files.write(
                folder.resolve("app.jar"), jar(Map.of("BOOT-INF/lib/session-store-2.3.1.jar", jarWithPom())));
        String expected = "pkg:maven/com.shop/session-store@2.3.1";
        assertThat(purl("jar:file:" + app + "!/BOOT-INF/lib/session-store-2.3.1.jar!/"))
                .isEqualTo(expected);
        assertThat(purl("jar:nested:" + app + "/!BOOT-INF/lib/session-store-2.3.1.jar!/"))
                .isEqualTo(expected);
    }

    @Test
    void aShadedJarIsItsOwnPomAndNotThoseItSwallowed() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/maven/org.other/swallowed/pom.properties",
                text("groupId=org.other\nartifactId=swallowed\nversion=9\n"));
        entries.put(POM, text("groupId=com.shop\nartifactId=session-store\nversion=2.3.1\n"));
        Path jar = Files.write(folder.resolve("session-store-2.3.1.jar"), jar(entries));
        assertThat(purl(jar.toString())).isEqualTo("pkg:maven/com.shop/session-store@2.3.1");
    }

    @Test
    void theRepositorysLayoutNamesAJarThatIsGone() {
        assertThat(purl("file:/home/a/.m2/repository/com/shop/session-store/2.3.1/session-store-2.3.1.jar"))
                .isEqualTo("pkg:maven/com.shop/session-store@2.3.1");
    }

    @Test
    void aBundleNamesItsGroup() throws IOException {
        String manifest = "Manifest-Version: 1.0\nBundle-SymbolicName: com.shop.session-store\n\n";
        Path jar = Files.write(
                folder.resolve("session-store-2.3.1.jar"), jar(Map.of("META-INF/MANIFEST.MF", text(manifest))));
        assertThat(purl(jar.toString())).isEqualTo("pkg:maven/com.shop/session-store@2.3.1");
    }

    @Test
    void aFileNameAloneGivesArtifactAndVersion() {
        assertThat(purl("/opt/app/lib/session-store-2.3.1.jar")).isEqualTo("pkg:maven/session-store@2.3.1");
    }

    @Test
    void foldersAndTheJdkHaveNoLibrary() {
        assertThat(purl("file:/opt/app/classes/")).isEqualTo("none");
        assertThat(purl("jrt:/java.base")).isEqualTo("none");
    }
}
