package io.staunch.shop.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/// A jar of a release. The group is the one that Maven wrote into the jar; empty when it wrote none.
record Library(String group, String artifact, String version) {
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*)\\.jar");
    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    static Library of(Path jar) throws IOException {
        String file = jar.getFileName().toString();
        Matcher name = FILE_NAME.matcher(file);
        if (!name.matches()) {
            return new Library("", file, "");
        }
        return new Library(group(jar, name.group(1)), name.group(1), name.group(2));
    }

    private static String group(Path jar, String artifact) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            List<ZipEntry> poms = open.stream()
                    .filter(entry -> POM.matcher(entry.getName()).matches())
                    .map(ZipEntry.class::cast)
                    .toList();
            for (ZipEntry pom : poms) {
                Properties properties = new Properties();
                try (InputStream in = open.getInputStream(pom)) {
                    properties.load(in);
                }
                if (artifact.equals(properties.getProperty("artifactId"))) {
                    return properties.getProperty("groupId", "");
                }
            }
            return "";
        }
    }

    /// What identifies the library whatever its version.
    String name() {
        return group.isEmpty() ? artifact : group + ":" + artifact;
    }
}
