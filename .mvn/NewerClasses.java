import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipOutputStream;

/// `NewerClasses JAR…`, for the launcher: rewrites classes that were compiled for Java 5 or older as classes of Java 17,
/// with the stack maps that these have. The JVM takes no older ones into an ahead-of-time cache and verifies them the
/// slow way at each start. What they do stays the same; a jar without such classes stays as it is.
public final class NewerClasses {
    private static final int OLDEST_IN_CACHE = ClassFile.JAVA_6_VERSION;
    private static final int MAJOR_VERSION_AT = 6;

    private NewerClasses() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            renew(Path.of(jar));
        }
    }

    private static void renew(Path jar) throws IOException {
        Map<String, byte[]> entries = entries(jar);
        if (entries.entrySet().stream().noneMatch(NewerClasses::isOld)) {
            return;
        }
        Path newer = jar.resolveSibling(jar.getFileName() + ".newer");
        try (URLClassLoader types = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(newer))) {
            ClassFile classes = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(types)));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(isOld(entry) ? renewed(classes, entry.getValue()) : entry.getValue());
                out.closeEntry();
            }
        }
        Files.move(newer, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile in = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(in.entries())) {
                try (InputStream bytes = in.getInputStream(entry)) {
                    entries.put(entry.getName(), bytes.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static boolean isOld(Map.Entry<String, byte[]> entry) {
        byte[] bytes = entry.getValue();
        return entry.getKey().endsWith(".class")
                && ((bytes[MAJOR_VERSION_AT] & 0xFF) << 8 | bytes[MAJOR_VERSION_AT + 1] & 0xFF) < OLDEST_IN_CACHE;
    }

    /// The same instructions once more, which makes their stack maps, under another version.
    private static byte[] renewed(ClassFile classes, byte[] old) {
        ClassTransform version = ClassTransform.dropping(ClassFileVersion.class::isInstance)
                .andThen(ClassTransform.endHandler(type -> type.withVersion(ClassFile.JAVA_17_VERSION, 0)));
        MethodTransform code = MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL);
        return classes.transformClass(
                classes.parse(old), version.andThen(ClassTransform.transformingMethods(code)));
    }
}
