package io.staunch.diagnose.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomFileTest {
    @TempDir
    private Path folder;

    @Test
    void versionsComeFromPropertiesManagementAndAParentBesideIt() throws IOException {
        write("pom.xml", """
                <project><groupId>com.shop</groupId><artifactId>parent</artifactId><version>1</version>
                <properties><netty>4.1.80.Final</netty></properties>
                <dependencyManagement><dependencies><dependency><groupId>io.vertx</groupId>
                <artifactId>vertx-core</artifactId><version>4.5.1</version></dependency></dependencies></dependencyManagement>
                </project>""");
        Path pom = write("app/pom.xml", """
                <project><parent><groupId>com.shop</groupId><artifactId>parent</artifactId><version>1</version></parent>
                <artifactId>app</artifactId><dependencies>
                <dependency><groupId>io.netty</groupId><artifactId>netty-codec-http</artifactId><version>${netty}</version></dependency>
                <dependency><groupId>io.vertx</groupId><artifactId>vertx-core</artifactId></dependency>
                <dependency><groupId>${project.groupId}</groupId><artifactId>lib</artifactId><version>${project.version}</version></dependency>
                <dependency><groupId>a</groupId><artifactId>unknown</artifactId></dependency>
                <dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version><scope>test</scope></dependency>
                </dependencies></project>""");
        assertThat(PomFile.dependencies(pom))
                .extracting(PomFile.Dependency::purl)
                .containsExactly(
                        "pkg:maven/io.netty/netty-codec-http@4.1.80.Final",
                        "pkg:maven/io.vertx/vertx-core@4.5.1",
                        "pkg:maven/com.shop/lib@1",
                        "pkg:maven/a/unknown");
        ReviewReport report = Review.of(List.of(pom.toString()), false);
        assertThat(report.findings()).hasSize(4).allMatch(found -> found.rule().equals("known-library-leak"));
        assertThat(report.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("is not resolved"))
                .anyMatch(warning -> warning.contains("pkg:maven/a/unknown: expected a version"));
    }

    @Test
    void whatIsNoPomIsOneClearError() throws IOException {
        Path other = write("other.xml", "<beans/>");
        assertThatThrownBy(() -> PomFile.dependencies(other))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessage(other + ": expected a Maven <project>, found <beans>");
        Path broken = write("broken.xml", "<project>\n<dependencies>\n</project>");
        assertThatThrownBy(() -> PomFile.dependencies(broken))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageStartingWith(broken + " line 3: expected a pom.xml, found");
        Path entity =
                write("entity.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><project>&b;</project>");
        assertThatThrownBy(() -> PomFile.dependencies(entity)).isInstanceOf(UnreadableInputException.class);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
