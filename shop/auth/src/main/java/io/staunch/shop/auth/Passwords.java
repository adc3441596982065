package io.staunch.shop.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Stored passwords, written `iterations:salt:hash` (salt and hash in Base64), hashed by PBKDF2 with HMAC-SHA-256.
public final class Passwords {
    private static final int HASH_BITS = 256;

    private Passwords() {}

    public static String hash(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getEncoder();
        return iterations + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(password, salt, iterations));
    }

    public static boolean matches(String password, String stored) throws GeneralSecurityException {
        List<String> parts = List.of(stored.split(":", -1));
        if (parts.size() != 3) {
            throw new GeneralSecurityException(
                    "expected a stored password of 3 parts, found " + parts.size() + " parts");
        }
        byte[] salt = Base64.getDecoder().decode(parts.get(1));
        byte[] expected = Base64.getDecoder().decode(parts.get(2));
        return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts.get(0))));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }
}
