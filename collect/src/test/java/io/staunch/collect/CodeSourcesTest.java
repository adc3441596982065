package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CodeSourcesTest {
    @TempDir
    Path directory;

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> programAnd(Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(more);
        for (String name : List.of("Child.class", "Child$Line.class")) {
            entries.put(name, Files.readAllBytes(ChildJvm.classes().resolve(name)));
        }
        return entries;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aClassInAJarInAJarIsFoundThere() throws Exception {
        byte[] nothing = new byte[0];
        byte[] store = jar(Map.of("com/shop/session/Store.class", nothing, "META-INF/MANIFEST.MF", nothing));
        byte[] cart = jar(Map.of("com/shop/session/Cart.class", nothing));
        Path app = directory.resolve("app.jar");
        Files.write(
                app,
                jar(programAnd(Map.of(
                        "BOOT-INF/lib/session-store-2.3.1.jar", store,
                        "BOOT-INF/lib/cart-1.0.jar", cart,
                        "BOOT-INF/classes/com/shop/Main.class", nothing))));
        try (ChildJvm child = ChildJvm.start(List.of(), app, Jdk.CURRENT);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            assertThat(probe.codeSource("com.shop.session.Store"))
                    .contains(app + "!/BOOT-INF/lib/session-store-2.3.1.jar");
            assertThat(probe.codeSource("com.shop.session.Cart[]")).contains(app + "!/BOOT-INF/lib/cart-1.0.jar");
            assertThat(probe.codeSource("com.shop.Main")).contains(app + "!/BOOT-INF/classes");
            assertThat(probe.codeSource("Child")).contains(app.toString());
            assertThat(probe.codeSource("com.shop.session.Other")).isEmpty();
        }
    }

    @Test
    void jarsThatTheManifestNamesAreSearchedToo() throws Exception {
        Path library = directory.resolve("library-1.2.jar");
        Files.write(library, jar(Map.of("com/library/Cache.class", new byte[0])));
        Path app = directory.resolve("app.jar");
        byte[] manifest = text("Manifest-Version: 1.0\nMain-Class: Child\nClass-Path: library-1.2.jar\n");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest);
        entries.putAll(programAnd(Map.of()));
        Files.write(app, jar(entries));
        try (ChildJvm child = ChildJvm.start(List.of(), app, Jdk.CURRENT);
                JvmProbe probe = JvmProbe.attach(child.pid())) {
            assertThat(probe.codeSource("com.library.Cache$Entry")).isEmpty();
            assertThat(probe.codeSource("com.library.Cache")).contains(library.toString());
        }
    }

    @Test
    void theReleaseIsTheDirectoryThatTheLinkLeadsTo() throws Exception {
        Path release = Files.createDirectories(directory.resolve("releases/2.3.1/lib"));
        try (OutputStream app = Files.newOutputStream(release.resolve("app.jar"))) {
            app.write(jar(programAnd(Map.of())));
        }
        Path current = Files.createSymbolicLink(directory.resolve("current"), Path.of("releases/2.3.1"));
        try (ChildJvm child = ChildJvm.start(List.of(), current.resolve("lib/app.jar"), Jdk.CURRENT)) {
            assertThat(Jvms.describe(child.pid()).orElseThrow().release()).contains("2.3.1");
        }
    }
}
