package io.staunch.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key and the certificates that vouch for it, the server's own first. Whatever is wrong with the files is an
/// `IllegalArgumentException` that names the file, what was expected and what was found. Immutable; equal if the
/// certificates are.
public final class Tls {
    /// What the key is under in memory, where it needs no protection of its own.
    static final String NO_SECRET = "";

    private static final String ALIAS = "staunch";
    private static final Pattern KEY = Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Tls(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /// Of two PEM files.
    ///
    /// @param certificates the server's own first, then each one's issuer; the root may be left out
    /// @param privateKey   in PKCS#8, not encrypted
    public static Tls pem(Path certificates, Path privateKey) {
        List<X509Certificate> chain = chain(certificates);
        check(certificates, chain);
        PrivateKey key = key(privateKey, chain.getFirst().getPublicKey().getAlgorithm());
        if (!belong(key, chain.getFirst().getPublicKey())) {
            throw new IllegalArgumentException("expected the key of the first certificate in " + certificates
                    + ", found another key in " + privateKey);
        }
        return new Tls(key, chain);
    }

    /// Of a PKCS#12 file with one private key.
    public static Tls pkcs12(Path file, String password) {
        char[] secret = password.toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
                    check(file, chain);
                    return new Tls(key, chain);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "expected PKCS#12 and its password in " + file + ", found " + reason(e), e);
        }
        throw new IllegalArgumentException("expected a private key in " + file + ", found none");
    }

    /// The server's own first.
    public List<X509Certificate> chain() {
        return chain;
    }

    KeyStore keys() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, NO_SECRET.toCharArray(), chain.toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("expected PKCS#12 in every JDK, found " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> chain(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("expected certificates in PEM in " + file + ", found " + reason(e), e);
        }
        throw new IllegalArgumentException("expected certificates in PEM in " + file + ", found none");
    }

    private static void check(Path file, List<X509Certificate> chain) {
        Instant end = chain.getFirst().getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            throw new IllegalArgumentException(
                    "expected a certificate that is still valid in " + file + ", found one that ended at " + end);
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!chain.get(i).getIssuerX500Principal().equals(chain.get(i + 1).getSubjectX500Principal())) {
                throw new IllegalArgumentException("expected each certificate's issuer after it in " + file
                        + ", found another after certificate " + (i + 1));
            }
        }
    }

    private static PrivateKey key(Path file, String algorithm) {
        Matcher pem;
        try {
            pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a private key in PEM in " + file + ", found " + reason(e), e);
        }
        if (!pem.find()) {
            throw new IllegalArgumentException("expected a private key in PEM in " + file + ", found none");
        }
        if (!pem.group(1).isEmpty()) {
            throw new IllegalArgumentException("expected PKCS#8 without a password in " + file + ", found a key in '"
                    + pem.group(1).strip() + "'; openssl pkcs8 -topk8 -nocrypt makes one of it");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "expected the private key of a certificate of the kind " + algorithm + " in " + file
                            + ", found another",
                    e);
        }
    }

    private static boolean belong(PrivateKey key, PublicKey certified) {
        byte[] text = "staunch".getBytes(StandardCharsets.US_ASCII);
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String reason(Exception e) {
        String said = e.getMessage() == null
                ? ""
                : ": " + e.getMessage().lines().findFirst().orElse("");
        return e.getClass().getSimpleName() + said;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tls tls && chain.equals(tls.chain);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    /// Without the key.
    @Override
    public String toString() {
        return "Tls[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
