package io.staunch.shop.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
    @Test
    void theRightPasswordMatchesAndAnotherDoesNot() throws GeneralSecurityException {
        String stored = Passwords.hash("correct horse", "some salt".getBytes(UTF_8), 50);
        assertThat(Passwords.matches("correct horse", stored)).isTrue();
        assertThat(Passwords.matches("correct horsf", stored)).isFalse();
    }

    /// The hash was made by Python's hashlib.pbkdf2_hmac.
    @Test
    void aPasswordThatAnotherProgramHashedMatches() throws GeneralSecurityException {
        String stored = "1000:c2hvcCBkZW1vIHNhbHQhIQ==:at7aKOwTnpQhqZyhBbJ8OdiYY6SfYegOcbb5WxKrSSk=";
        assertThat(Passwords.matches("correct horse", stored)).isTrue();
    }

    @Test
    void aStoredPasswordOfAnotherFormIsAnError() {
        assertThatThrownBy(() -> Passwords.matches("correct horse", "plain"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("expected a stored password of 3 parts, found 1 parts");
    }
}
