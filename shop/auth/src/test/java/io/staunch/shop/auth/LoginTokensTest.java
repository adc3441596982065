package io.staunch.shop.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class LoginTokensTest {
    private static final Instant NOON = Instant.parse("2024-08-15T12:00:00Z");
    private static final byte[] SECRET = "the shop's secret".getBytes(UTF_8);

    private static LoginTokens at(Instant time) {
        return new LoginTokens(SECRET, Duration.ofHours(8), InstantSource.fixed(time));
    }

    @Test
    void aTokenNamesItsCustomerUntilItIsTooOld() throws GeneralSecurityException {
        String token = at(NOON).issue("ann@example.org");
        assertThat(at(NOON.plus(Duration.ofHours(8)).minusMillis(1)).verify(token))
                .contains("ann@example.org");
        assertThat(at(NOON.plus(Duration.ofHours(8))).verify(token)).isEmpty();
    }

    @Test
    void aTokenThatWasChangedAnywhereIsRefused() throws GeneralSecurityException {
        String token = at(NOON).issue("ann@example.org");
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(at(NOON).verify(forged)).as("changed at %d", i).isEmpty();
        }
    }

    @Test
    void whatIsNoTokenIsRefused() throws GeneralSecurityException {
        for (String text : new String[] {"", ".", "..", "a.b.c", "a.1.", "a.99999999999999999999.c"}) {
            assertThat(at(NOON).verify(text)).as(text).isEmpty();
        }
    }
}
