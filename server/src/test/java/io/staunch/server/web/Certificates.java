package io.staunch.server.web;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates and keys for tests, made by the JDK's own tool.
final class Certificates {
    static final String PASSWORD = "secret-of-the-file";

    private Certificates() {}

    /// A PKCS#12 file with a key and its own certificate for localhost.
    static Path pkcs12(Path directory, String name, String algorithm, String... more) throws Exception {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return file;
    }

    static Certificate certificate(Path pkcs12) throws Exception {
        return load(pkcs12).getCertificate("server");
    }

    /// The certificates of those files, in their order, in one PEM file.
    static Path pem(Path to, Path... pkcs12s) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (Path one : pkcs12s) {
            pem.append(block("CERTIFICATE", certificate(one).getEncoded()));
        }
        return Files.writeString(to, pem);
    }

    static Path key(Path to, Path pkcs12) throws Exception {
        Key key = load(pkcs12).getKey("server", PASSWORD.toCharArray());
        return Files.writeString(to, block("PRIVATE KEY", key.getEncoded()));
    }

    private static KeyStore load(Path pkcs12) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
