package io.staunch.shop.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signed login tokens, `customer.expiry.signature`. The server keeps a replay window for each token, as long as the
/// token itself is in use somewhere (the map's keys are weak). Thread-safe.
public final class LoginTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;
    private final Map<String, ReplayWindow> windows = Collections.synchronizedMap(new WeakHashMap<>());

    public LoginTokens(byte[] secret, Duration lifetime, InstantSource clock) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public String issue(String customer) throws GeneralSecurityException {
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(customer.getBytes(UTF_8));
        String claim = name + "." + clock.instant().plus(lifetime).toEpochMilli();
        String token = claim + "." + signature(claim);
        window(token).use(clock.instant());
        return token;
    }

    private ReplayWindow window(String token) {
        return windows.computeIfAbsent(token, ReplayWindow::new);
    }

    /// The customer the token was issued for; empty when it is malformed, forged or too old.
    public Optional<String> verify(String token) throws GeneralSecurityException {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3 || !parts.get(1).matches("\\d{1,18}")) {
            return Optional.empty();
        }
        String claim = parts.get(0) + "." + parts.get(1);
        boolean genuine = MessageDigest.isEqual(
                signature(claim).getBytes(UTF_8), parts.get(2).getBytes(UTF_8));
        Instant expiry = Instant.ofEpochMilli(Long.parseLong(parts.get(1)));
        if (!genuine || !clock.instant().isBefore(expiry)) {
            return Optional.empty();
        }
        window(token).use(clock.instant());
        return Optional.of(new String(Base64.getUrlDecoder().decode(parts.get(0)), UTF_8));
    }

    private String signature(String claim) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(claim.getBytes(UTF_8)));
    }
}
