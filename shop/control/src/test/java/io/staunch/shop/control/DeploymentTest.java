package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentTest {
    @TempDir
    Path temp = Path.of("");

    private Home home = new Home(Path.of(""));
    private Deployment deployment = new Deployment(home, "", Path.of(""));

    @BeforeEach
    void offerTwoReleases() throws IOException {
        home = new Home(temp.resolve("home"));
        offer("1.0", List.of("search-2.1.jar", "store-5.0.jar", "old-1.jar"));
        offer("1.1", List.of("search-2.2.jar", "store-5.0.jar", "new-3.0-beta.jar"));
        deployment = new Deployment(home, "web", temp.resolve("web"));
    }

    private void offer(String version, List<String> jars) throws IOException {
        Path release = home.root().resolve("releases/web").resolve(version);
        Files.createDirectories(release.resolve("lib"));
        Files.writeString(release.resolve("release.properties"), "version=" + version + "\nmain=web.Main\n");
        for (String jar : jars) {
            String artifact = jar.substring(0, jar.indexOf('-'));
            try (OutputStream file =
                            Files.newOutputStream(release.resolve("lib").resolve(jar));
                    JarOutputStream out = new JarOutputStream(file)) {
                out.putNextEntry(new JarEntry("META-INF/maven/org.example/" + artifact + "/pom.properties"));
                out.write(("groupId=org.example\nartifactId=" + artifact + "\n").getBytes(UTF_8));
            }
        }
    }

    @Test
    void theLinkPointsAtTheReleaseThatWasActivatedLast() throws IOException, ShopException {
        assertThat(deployment.current()).isEmpty();
        deployment.activate(deployment.install("1.0"));
        Release second = deployment.install("1.1");
        assertThat(deployment.current()).map(Release::version).contains("1.0");
        deployment.activate(second);
        assertThat(deployment.current()).map(Release::version).contains("1.1");
        assertThat(Files.readSymbolicLink(deployment.currentLink())).isEqualTo(Path.of("releases/1.1"));
    }

    @Test
    void theReleaseBeforeIsTheLastOneThatDiffers() throws IOException, ShopException {
        Release first = deployment.install("1.0");
        Release second = deployment.install("1.1");
        deployment.activate(first);
        assertThatThrownBy(() -> deployment.previous())
                .hasMessage("expected an earlier release of web to roll back to, found only 1.0");
        deployment.activate(second);
        deployment.activate(second);
        assertThat(deployment.previous()).isEqualTo("1.0");
    }

    @Test
    void changedAddedAndRemovedLibrariesAreTold() throws IOException, ShopException {
        assertThat(LibraryChange.between(deployment.install("1.0"), deployment.install("1.1")))
                .containsExactly(
                        new LibraryChange("org.example:new", "", "3.0-beta"),
                        new LibraryChange("org.example:old", "1", ""),
                        new LibraryChange("org.example:search", "2.1", "2.2"));
    }

    @Test
    void anUnknownReleaseOrServiceIsRefusedInOneLine() {
        assertThatThrownBy(() -> deployment.install("2.0"))
                .isInstanceOf(ShopException.class)
                .hasMessage("expected a release of web (1.0, 1.1), found 2.0");
        assertThatThrownBy(() -> deployment.install("../web/1.0"))
                .isInstanceOf(ShopException.class)
                .hasMessageContaining("found ../web/1.0");
        assertThatThrownBy(() -> home.release("mail", "1.0"))
                .hasMessage("expected a service that has releases, found mail");
    }
}
