package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.server.ReleaseBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class TlsTest {
    private static final Limits IMPATIENT =
            new Limits(2_000, 2_000, 3, 40, Duration.ofSeconds(2), Duration.ofSeconds(3));

    @TempDir
    private Path directory;

    private Path own;

    @BeforeEach
    void makeCertificate() throws Exception {
        own = Certificates.pkcs12(directory, "own", "EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void aClientThatTrustsTheCertificateIsServed(String algorithm) throws Exception {
        Path pkcs12 = Certificates.pkcs12(directory, "server", algorithm);
        Tls tls = Tls.pem(
                Certificates.pem(directory.resolve("chain.pem"), pkcs12),
                Certificates.key(directory.resolve("key.pem"), pkcs12));
        assertThat(tls).isEqualTo(Tls.pkcs12(pkcs12, Certificates.PASSWORD));
        try (WebServer server = serve(tls);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(pkcs12)).build()) {
            assertThat(server.address().getScheme()).isEqualTo("https");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.address().resolve("healthz")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession())
                    .hasValueSatisfying(
                            session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"));
        }
    }

    @Test
    void plainHttpGetsNothingOfUs() throws Exception {
        try (WebServer server = serve(Tls.pkcs12(own, Certificates.PASSWORD));
                Socket socket = connect(server)) {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(readAll(socket)).doesNotContain("watching");
        }
    }

    @Test
    void whoDoesNotEndTheHandshakeIsCutOff() throws Exception {
        try (WebServer server = serve(Tls.pkcs12(own, Certificates.PASSWORD));
                Socket silent = connect(server);
                Socket half = connect(server)) {
            half.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            assertThat(readAll(silent)).isEmpty();
            readAll(half);
        }
    }

    /// With a server that says farewell before it closes, one such client could hold up all others.
    @Test
    void clientsThatStopReadingAreCutOffAndHoldUpNobody() throws Exception {
        try (WebServer server = serve(Tls.pkcs12(own, Certificates.PASSWORD));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(own)).build()) {
            for (int i = 0; i < 10; i++) {
                SSLSocket socket = (SSLSocket) trusting(own).getSocketFactory().createSocket();
                socket.setReceiveBufferSize(4_096);
                socket.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.address().getPort()));
                String ask = "GET /uplot.js HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50);
                socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            }
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.address().resolve("healthz"))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsWrongWithWhichFileIsSaid() throws Exception {
        Path chain = Certificates.pem(directory.resolve("chain.pem"), own);
        Path key = Certificates.key(directory.resolve("key.pem"), own);
        Path other = Certificates.pkcs12(directory, "other", "EC");
        Path rsa = Certificates.pkcs12(directory, "rsa", "RSA");
        Path old = Certificates.pkcs12(directory, "old", "EC", "-startdate", "-9d", "-validity", "3");
        Path none = directory.resolve("none");
        Path text = Files.writeString(directory.resolve("text"), "hello");
        Path pkcs1 = Files.writeString(directory.resolve("pkcs1"), label(key, "RSA PRIVATE KEY"));
        Path locked = Files.writeString(directory.resolve("locked"), label(key, "ENCRYPTED PRIVATE KEY"));

        says(none, key, "expected certificates in PEM in " + none + ", found NoSuchFileException");
        says(text, key, "expected certificates in PEM in " + text + ", found ");
        says(key, key, "expected certificates in PEM in " + key + ", found ");
        says(chain, none, "expected a private key in PEM in " + none + ", found NoSuchFileException");
        says(chain, text, "expected a private key in PEM in " + text + ", found none");
        says(chain, pkcs1, "expected PKCS#8 without a password in " + pkcs1 + ", found a key in 'RSA'");
        says(chain, locked, "expected PKCS#8 without a password in " + locked + ", found a key in 'ENCRYPTED'");
        says(chain, Certificates.key(directory.resolve("rsa.pem"), rsa), "of the kind EC in " + directory);
        says(
                chain,
                Certificates.key(directory.resolve("other.pem"), other),
                "expected the key of the first certificate in " + chain + ", found another key in ");
        says(Certificates.pem(directory.resolve("mixed.pem"), own, other), key, "found another after certificate 1");
        Path ended = Certificates.pem(directory.resolve("ended.pem"), old);
        says(ended, key, "expected a certificate that is still valid in " + ended + ", found one that ended at ");
        assertThatThrownBy(() -> Tls.pkcs12(own, "wrong"))
                .hasMessageStartingWith("expected PKCS#12 and its password in " + own + ", found ");
        assertThatThrownBy(() -> Tls.pkcs12(text, "wrong"))
                .hasMessageStartingWith("expected PKCS#12 and its password in " + text + ", found ");
    }

    private static void says(Path chain, Path key, String sentence) {
        assertThatThrownBy(() -> Tls.pem(chain, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static String label(Path key, String label) throws IOException {
        return Files.readString(key).replace("PRIVATE KEY", label);
    }

    private static WebServer serve(Tls tls) throws WebServerFailed {
        return WebServer.start(
                new Interface(InetAddress.getLoopbackAddress(), 0, true, Tokens.NONE, Optional.of(tls), IMPATIENT),
                List::of,
                new ReleaseBook());
    }

    private static SSLContext trusting(Path pkcs12) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", Certificates.certificate(pkcs12));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Socket connect(WebServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String readAll(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }
}
