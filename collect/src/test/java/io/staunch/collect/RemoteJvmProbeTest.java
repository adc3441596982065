package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.staunch.detect.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against real JVMs that let themselves be asked with users and passwords.
@Tag("slow")
@Timeout(120)
class RemoteJvmProbeTest {
    private static final String KEYS = "of-no-worth";

    @TempDir
    private static Path keys;

    private static SSLContext before;

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whoMayCallOperationsSeesReadingsAndTypes(Jdk jdk) throws Exception {
        int port = freePort();
        try (ChildJvm child = ChildJvm.start(jdk, options(port));
                RemoteJvmProbe probe = RemoteJvmProbe.connect(address(port, "admin", "topsecret"))) {
            assertThat(probe.target().name()).isEqualTo("Child");
            assertThat(probe.target().runtime()).isNotEqualTo("unknown");
            assertThat(probe.mayAsk()).isTrue();
            List<Reading> readings = probe.read();
            assertThat(readings)
                    .extracting(Reading::series)
                    .contains(Series.HEAP_USED, Series.METASPACE, Series.THREADS, Series.CLASSES, Series.OPEN_FILES);
            Histogram histogram = probe.histogram(true);
            assertThat(histogram.types()).extracting(TypeCount::type).contains("java.lang.String");
            assertThat(probe.cost().addedPauseMillis()).isPositive();
            assertThat(child.pid()).isPositive();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whoMayOnlyReadIsNotAskedForMore(Jdk jdk) throws Exception {
        int port = freePort();
        try (ChildJvm _ = ChildJvm.start(jdk, options(port));
                RemoteJvmProbe probe = RemoteJvmProbe.connect(address(port, "viewer", "lookonly"))) {
            assertThat(probe.mayAsk()).isFalse();
            assertThat(probe.whyNoOldObjects()).isPresent();
            assertThat(probe.read()).extracting(Reading::series).contains(Series.HEAP_USED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aWrongPasswordAndNoPasswordAreToldApartFromNobody(Jdk jdk) throws Exception {
        int port = freePort();
        try (ChildJvm _ = ChildJvm.start(jdk, options(port))) {
            assertThat(refusal(address(port, "admin", "wrong"))).isEqualTo(ConnectFailed.Kind.DENIED);
            assertThat(refusal(JmxAddress.of("127.0.0.1:" + port, Optional.empty(), Optional.empty(), false)))
                    .isEqualTo(ConnectFailed.Kind.DENIED);
        }
        assertThat(refusal(address(port, "admin", "topsecret"))).isEqualTo(ConnectFailed.Kind.UNREACHABLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void registryAndConnectionMayTalkTls(Jdk jdk) throws Exception {
        int port = freePort();
        List<String> options = new ArrayList<>(List.of(options(port)));
        options.replaceAll(
                option -> option.endsWith("jmxremote.ssl=false") ? "-Dcom.sun.management.jmxremote.ssl=true" : option);
        options.add("-Dcom.sun.management.jmxremote.registry.ssl=true");
        options.add("-Djavax.net.ssl.keyStore=" + keys.resolve("keys.p12"));
        options.add("-Djavax.net.ssl.keyStorePassword=" + KEYS);
        JmxAddress address = JmxAddress.of("127.0.0.1:" + port, Optional.of("admin"), Optional.of("topsecret"), true);
        try (ChildJvm _ = ChildJvm.start(jdk, options.toArray(String[]::new));
                RemoteJvmProbe probe = RemoteJvmProbe.connect(address)) {
            assertThat(probe.read()).extracting(Reading::series).contains(Series.HEAP_USED);
            assertThat(catchThrowableOfType(
                            ConnectFailed.class, () -> RemoteJvmProbe.connect(address(port, "admin", "topsecret"))))
                    .hasMessageEndingWith("found something else, or a registry that talks TLS (registry-tls)");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void sessionsAndConnectionsAreSeenFromAfar(Jdk jdk) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(options(port)));
        command.addAll(List.of("ServiceChild", directory.toString(), "23", "3"));
        try (ChildJvm _ = ChildJvm.startService(jdk, command);
                RemoteJvmProbe probe = RemoteJvmProbe.connect(address(port, "viewer", "lookonly"))) {
            List<Reading> readings = probe.read();
            assertThat(JvmProbeTest.value(readings, Series.SESSIONS)).isEqualTo(23);
            assertThat(JvmProbeTest.value(readings, Series.CONNECTIONS_IN_USE)).isEqualTo(3);
        }
    }

    /// A certificate for this machine, trusted by this JVM for as long as the tests run.
    @BeforeAll
    static void trustACertificate() throws Exception {
        Path store = keyPair();
        KeyStore pair = KeyStore.getInstance(store.toFile(), KEYS.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("jmx", pair.getCertificate("jmx"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        before = SSLContext.getDefault();
        SSLContext.setDefault(context);
    }

    private static Path keyPair() throws IOException, InterruptedException {
        Path store = keys.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "jmx",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        KEYS,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    @AfterAll
    static void trustItNoLonger() {
        SSLContext.setDefault(before);
    }

    private static ConnectFailed.Kind refusal(JmxAddress address) {
        ConnectFailed failed = catchThrowableOfType(
                ConnectFailed.class, () -> RemoteJvmProbe.connect(address).close());
        assertThat(failed).hasMessageStartingWith(address + ": expected a JVM that answers JMX, found ");
        assertThat(failed.getMessage()).doesNotContain("topsecret").doesNotContain("wrong");
        return failed.kind();
    }

    private static JmxAddress address(int port, String user, String password) {
        return JmxAddress.of("127.0.0.1:" + port, Optional.of(user), Optional.of(password), false);
    }

    private String[] options(int port) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xmx128m"));
        String management = "-Dcom.sun.management.jmxremote.";
        options.add(management + "port=" + port);
        options.add(management + "rmi.port=" + port);
        options.add(management + "host=127.0.0.1");
        options.add("-Djava.rmi.server.hostname=127.0.0.1");
        options.add(management + "ssl=false");
        options.add(management + "password.file=" + owned("passwords", "admin topsecret\nviewer lookonly\n"));
        options.add(management + "access.file=" + owned("access", "admin readwrite\nviewer readonly\n"));
        return options.toArray(String[]::new);
    }

    private Path owned(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
