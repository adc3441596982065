package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
    @ParameterizedTest
    @CsvSource({
        "cart:7f3ab2.shop-api-1, cart:*",
        "page:books:2, page:*:*",
        "user:jo@example.org, user:*",
        "42:user, *:*",
        "lonely, *",
        "a:b:c:d:e:f, a:*:*:*"
    })
    void onlyTheFirstWordStaysForTheOthersMayBeSomebodysName(String key, String pattern) {
        assertThat(KeyPattern.of(key)).isEqualTo(pattern);
    }
}
